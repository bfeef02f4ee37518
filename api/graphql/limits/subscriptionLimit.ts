import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext } from '../context.ts';
import { limitError } from './limitError.ts';

/** What subscribers may take of a node. */
export interface SubscriptionLimits {
  /** At once. */
  subscribers: number;
  /** Until a subscription ends by itself. */
  milliseconds: number;
}

/** Bounds how many subscribe at once, and for how long: who wants to go on asks again, and is then checked again. */
export function subscriptionLimit({ subscribers, milliseconds }: SubscriptionLimits): Plugin {
  let open = 0;
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      if (open >= subscribers)
        return setResultAndStopExecution({
          errors: [limitError('TOO_MANY_SUBSCRIBERS', `at most ${subscribers} subscriptions at once`, subscribers)],
        });
      const context = args.contextValue as unknown as Pick<GraphqlContext, 'signal'>;
      open += 1;
      context.signal = ended(context.signal, milliseconds, () => {
        open -= 1;
      });
    },
  };
}

/** Ends with another signal, or when the time is over. */
function ended(signal: AbortSignal, milliseconds: number, onEnd: () => void): AbortSignal {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), milliseconds);
  end.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    onEnd();
  });
  if (signal.aborted) end.abort();
  else signal.addEventListener('abort', () => end.abort(), { once: true });
  return end.signal;
}
