import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import { type JsonRpcPayload, JsonRpcProvider, type JsonRpcResult, Network } from 'ethers/providers';

/** One call of a JSON-RPC batch. */
export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A call's answer: its result, or the node's error. */
export type RpcAnswer = { readonly result: unknown } | { readonly error: { readonly code: number; readonly message: string } };

/** A node that cannot be reached, or that answers something other than JSON-RPC. Trying again may help. */
export class RpcUnavailable extends Error {
  override readonly name = 'RpcUnavailable';
  readonly code = 'RPC_UNAVAILABLE';
}

const TIMEOUT_MS = 30_000;

/**
 * ethers' provider with its transport replaced: ethers turns a response's bytes into text one array element per byte, which costs more than all the rest
 * of indexing (ethers issue 5168; measured 65 against 5.4 microseconds a log).
 */
export class LedgerProvider extends JsonRpcProvider {
  readonly #url: URL;
  readonly #agent: Agent;
  #id = 0;

  constructor(url: string, chainId?: number) {
    const network = chainId === undefined ? undefined : Network.from(chainId);
    super(url, network, network === undefined ? {} : { staticNetwork: network });
    this.#url = new URL(url);
    this.#agent = this.#url.protocol === 'https:' ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const { answer } = await this.#post(payload);
    return (Array.isArray(answer) ? answer : [answer]) as JsonRpcResult[];
  }

  /**
   * Asks all calls in one request, so that one node answers them of one state.
   *
   * @returns the answers in the order of the calls, and the size of the response in bytes
   * @throws RpcUnavailable
   */
  async batch(calls: readonly RpcCall[], signal?: AbortSignal): Promise<{ answers: RpcAnswer[]; bytes: number }> {
    const first = this.#id + 1;
    this.#id += calls.length;
    const payload = calls.map(({ method, params }, index) => ({ jsonrpc: '2.0', id: first + index, method, params }));
    const { answer, bytes } = await this.#post(payload, signal);
    return { answers: inOrder(answer, first, calls.length), bytes };
  }

  override destroy(): void {
    super.destroy();
    this.#agent.destroy();
  }

  async #post(payload: unknown, signal?: AbortSignal): Promise<{ answer: unknown; bytes: number }> {
    try {
      const text = await this.#exchange(JSON.stringify(payload), signal);
      return { answer: JSON.parse(text), bytes: text.length };
    } catch (error) {
      throw new RpcUnavailable(`${this.#url.origin} cannot be asked: ${String(error)}`, { cause: error });
    }
  }

  /** One POST. Node's own client, because `fetch` passes an answer of megabytes through a web stream, chunk by chunk. */
  #exchange(body: string, signal?: AbortSignal): Promise<string> {
    const send = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const request = send(this.#url, { method: 'POST', agent: this.#agent, headers, timeout: TIMEOUT_MS, ...(signal && { signal }) });
      request.once('response', (response) => readText(response).then(resolve, reject));
      request.once('timeout', () => request.destroy(new Error(`no answer for ${TIMEOUT_MS / 1000} s`)));
      request.once('error', reject);
      request.end(body);
    });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) {
    response.resume();
    throw new Error(`HTTP ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A batch's answers may come in any order (JSON-RPC 2.0 section 6). */
function inOrder(answer: unknown, first: number, count: number): RpcAnswer[] {
  if (!Array.isArray(answer)) throw new RpcUnavailable('the node does not answer batches');
  const answers: RpcAnswer[] = new Array(count);
  for (const one of answer as ({ id: number } & RpcAnswer)[]) answers[one.id - first] = one;
  for (let index = 0; index < count; index++) if (answers[index] === undefined) throw new RpcUnavailable('the node left a call unanswered');
  return answers;
}
