/** Counters and timings of the process, in Prometheus' text format. Names are stable: docs/spec/api.md lists them. */
export interface Metrics {
  /** Counts an answered request by the pattern of its route, never by its address. */
  answered(route: string, method: string, status: number, seconds: number): void;
  text(gauges: Readonly<Record<string, number>>): string;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  count: number;
  sum: number;
  buckets: number[];
}

/** Starts with empty counters. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const durations = new Map<string, Series>();
  return {
    answered(route, method, status, seconds) {
      const labels = `route="${route}",method="${method}",status="${status}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      const series = durations.get(route) ?? { count: 0, sum: 0, buckets: BUCKETS.map(() => 0) };
      series.count += 1;
      series.sum += seconds;
      BUCKETS.forEach((bound, index) => {
        if (seconds <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
      });
      durations.set(route, series);
    },
    text(gauges) {
      const lines = ['# HELP tidemark_http_requests_total Answered requests.', '# TYPE tidemark_http_requests_total counter'];
      for (const [labels, count] of requests) lines.push(`tidemark_http_requests_total{${labels}} ${count}`);
      lines.push('# HELP tidemark_http_seconds Time to the whole answer.', '# TYPE tidemark_http_seconds histogram');
      for (const [route, series] of durations) lines.push(...histogram(route, series));
      for (const [name, value] of Object.entries(gauges)) lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
      return `${lines.join('\n')}\n`;
    },
  };
}

function histogram(route: string, { count, sum, buckets }: Series): string[] {
  const name = 'tidemark_http_seconds';
  return [
    ...buckets.map((value, index) => `${name}_bucket{route="${route}",le="${BUCKETS[index]}"} ${value}`),
    `${name}_bucket{route="${route}",le="+Inf"} ${count}`,
    `${name}_sum{route="${route}"} ${sum}`,
    `${name}_count{route="${route}"} ${count}`,
  ];
}
