/** Shows how far long work has come; `total` undefined: not known yet. */
type Show = (label: string, done: number, total: number | undefined) => void;

const WIDTH = 24;
const REPAINT_MS = 100;
const LINE_MS = 5_000;

/**
 * Shows how far work has come while it goes on: a bar on a terminal, one line every few seconds elsewhere; both with rate and time left. Writes to standard error,
 * so that results can be piped.
 */
export async function withProgress<Result>(work: (show: Show) => Promise<Result>): Promise<Result> {
  const { show, end } = progressTo(process.stderr);
  try {
    return await work(show);
  } finally {
    end();
  }
}

function progressTo(stream: NodeJS.WriteStream): { show: Show; end(): void } {
  let label = '';
  let started = 0;
  let painted = 0;
  const closeLine = () => {
    if (stream.isTTY && label !== '') stream.write('\n');
  };
  return {
    show(next, done, total) {
      const now = Date.now();
      if (next !== label) {
        closeLine();
        [label, started, painted] = [next, now, 0];
      }
      const last = done === total;
      if (!last && now - painted < (stream.isTTY ? REPAINT_MS : LINE_MS)) return;
      painted = now;
      const text = describe(label, done, total, (now - started) / 1000);
      stream.write(stream.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
    },
    end() {
      closeLine();
      label = '';
    },
  };
}

function describe(label: string, done: number, total: number | undefined, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const counted = `${label.padEnd(7)} ${bar(done, total)}${count(done)}${total === undefined ? '' : `/${count(total)}`}`;
  if (done === 0 || rate === 0) return counted;
  const left = total === undefined || done === total ? '' : `, ${duration((total - done) / rate)} left`;
  return `${counted}  ${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s${left}`;
}

function bar(done: number, total: number | undefined): string {
  if (total === undefined) return '';
  const filled = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total);
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] `;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
