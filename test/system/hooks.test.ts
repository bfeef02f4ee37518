import { stopSystem } from './runningSystem.ts';

after('ends the system that the tests of this folder share', stopSystem);
