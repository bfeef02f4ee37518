/** Shows a person what is being done and for how long: one line that is rewritten on a terminal, one line a step elsewhere. */
export interface StepPrinter {
  step: (text: string) => void;
  done: () => void;
}

/** A printer to `stream`, which is standard error: standard output is for results. */
export function stepPrinter(stream: NodeJS.WriteStream): StepPrinter {
  const started = Date.now();
  const elapsed = () => `${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s`;
  if (!stream.isTTY) return { step: (text) => stream.write(`${elapsed()}  ${text}\n`), done: () => undefined };
  let current = '';
  const draw = () => stream.write(`\r\x1b[K${elapsed()}  ${current}`);
  const timer = setInterval(draw, 500);
  timer.unref();
  return {
    step(text) {
      current = text;
      draw();
    },
    done() {
      clearInterval(timer);
      stream.write('\r\x1b[K');
    },
  };
}
