// Runs a Node.js Lambda handler: asks the Runtime API for events and answers them.
// Node's own modules only, and a raw socket: an HTTP library would cost more than the whole call.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { Writable } = require('node:stream');
const util = require('node:util');
const { createRequire } = require('node:module');
const { pathToFileURL } = require('node:url');

const ADDRESS = process.env.AWS_LAMBDA_RUNTIME_API;
const ROOT = process.env.LAMBDA_TASK_ROOT;
const API = '/2018-06-01/runtime/';
const NEXT = `GET ${API}invocation/next HTTP/1.1\r\nHost: ${ADDRESS}\r\n\r\n`;
const STREAMING = Symbol('streaming handler');
const HTTP_RESPONSE = 'application/vnd.awslambda.http-integration-response';
const ERROR_TYPE = 'Lambda-Runtime-Function-Error-Type';
const ERROR_BODY = 'Lambda-Runtime-Function-Error-Body';
const HEAD_END = Buffer.from('\r\n\r\n');

let requestId;

// ---- the connection ----

/** One kept-alive connection; responses arrive in the order of the requests. */
class Connection {
  constructor(onResponse) {
    const [host, port] = ADDRESS.split(':');
    this.onResponse = onResponse;
    this.parts = [];
    this.have = 0;
    this.need = 0;
    this.socket = net.connect(Number(port), host);
    this.socket.setNoDelay(true);
    this.socket.on('data', (data) => this.take(data));
    this.socket.on('close', () => process.exit(1));
    this.socket.on('error', () => process.exit(1));
  }

  take(data) {
    this.parts.push(data);
    this.have += data.length;
    while (this.have > 0 && this.have >= this.need) {
      const buffer = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
      const used = this.parse(buffer);
      this.parts = used < buffer.length ? [buffer.subarray(used)] : [];
      this.have = buffer.length - used;
      if (used === 0) return;
    }
  }

  /** Hands on one response when it is whole; the answer is how many bytes it had. */
  parse(buffer) {
    const end = buffer.indexOf(HEAD_END);
    if (end < 0) return 0;
    const headers = {};
    const lines = buffer.latin1Slice(0, end).split('\r\n');
    for (let i = 1; i < lines.length; i++) {
      const colon = lines[i].indexOf(': ');
      headers[lines[i].slice(0, colon).toLowerCase()] = lines[i].slice(colon + 2);
    }
    const total = end + 4 + Number(headers['content-length']);
    this.need = total;
    if (buffer.length < total) return 0;
    this.need = 0;
    this.onResponse(headers, buffer.subarray(end + 4, total));
    return total;
  }

  post(operation, body, after, written) {
    const head = `POST ${API}${operation} HTTP/1.1\r\nHost: ${ADDRESS}\r\nContent-Type: application/json\r\n`;
    this.socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}${after}`, written);
  }
}

// ---- logs ----

function line(level, args) {
  const text = util.format(...args).replace(/\n/g, '\r');
  process.stdout.write(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}\n`);
}

function patchConsole() {
  const levels = { debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', warn: 'WARN' };
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...args) => line(level, args);
  }
  console.trace = (...args) => {
    const place = {};
    Error.captureStackTrace(place, console.trace);
    line('TRACE', [util.format(...args) + place.stack.replace(/^Error/, '')]);
  };
}

// ---- errors ----

function fault(kind, message) {
  const error = new Error(message);
  error.name = kind;
  error.stack = `${kind}: ${message}`;
  return error;
}

/** The JSON that tells a caller of an error. */
function describe(error) {
  if (error instanceof Error || util.types.isNativeError(error)) {
    return JSON.stringify({
      errorType: String(error.name),
      errorMessage: String(error.message),
      trace: String(error.stack).split('\n'),
    });
  }
  return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
}

function logError(what, error) {
  line('ERROR', [`${what}\t${describe(error)}`]);
}

// ---- streamed responses ----

/** What a streaming handler writes to; each write travels as a chunk of its own. */
class ResponseStream extends Writable {
  constructor(connection, id) {
    super();
    this.connection = connection;
    this.id = id;
    this.contentType = 'application/octet-stream';
    this.prelude = undefined;
    this.begun = false;
    // A handler that failed may still write: there is nobody left to tell.
    this.on('error', () => {});
  }

  setContentType(type) {
    if (this.begun) throw new Error('Cannot set the content type: the response has begun.');
    this.contentType = type;
  }

  /** The head of the response, before the first byte. */
  head() {
    if (this.begun) return [];
    this.begun = true;
    const head = `POST ${API}invocation/${this.id}/response HTTP/1.1\r\nHost: ${ADDRESS}\r\n`
      + `Content-Type: ${this.contentType}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n`
      + `Transfer-Encoding: chunked\r\nTrailer: ${ERROR_TYPE}, ${ERROR_BODY}\r\n\r\n`;
    return this.prelude ? [Buffer.from(head), ...chunk(this.prelude)] : [Buffer.from(head)];
  }

  _write(data, encoding, done) {
    const parts = this.head();
    if (data.length > 0) parts.push(...chunk(data));
    if (parts.length > 0) this.connection.socket.write(Buffer.concat(parts), done);
    else done();
  }

  _final(done) {
    this.connection.socket.write(Buffer.concat([...this.head(), Buffer.from(`0\r\n\r\n${NEXT}`)]), done);
  }

  /** Ends a response that has begun with the error that stopped it. */
  abort(error, after, written) {
    const body = Buffer.from(describe(error)).toString('base64');
    const type = String(error?.name ?? typeof error).replace(/[^\x20-\x7e]/g, '?');
    this.connection.socket.write(`0\r\n${ERROR_TYPE}: ${type}\r\n${ERROR_BODY}: ${body}\r\n\r\n${after}`, written);
    this.destroy();
  }
}

function chunk(data) {
  return [Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')];
}

/** The global that handlers of streamed responses are written against. */
globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[STREAMING] = true;
    return handler;
  },
  HttpResponseStream: {
    from(stream, metadata) {
      stream.setContentType(HTTP_RESPONSE);
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]);
      return stream;
    },
  },
};

// ---- the handler ----

/** The function that `directory/file.nested.function` names. */
async function load(handler) {
  const directory = path.dirname(handler);
  const match = /^([^.]+)\.(.+)$/.exec(path.basename(handler));
  if (!match || handler.includes('..')) throw fault('Runtime.MalformedHandlerName', 'Bad handler');
  const [, file, names] = match;
  const module = await loadModule(path.resolve(ROOT, directory, file), path.join(directory, file));
  const found = names.split('.').reduce((value, name) => (value == null ? value : value[name]), module);
  if (found === undefined) {
    throw fault('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw fault('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found;
}

async function loadModule(base, name) {
  try {
    const file = ['.js', '.mjs', '.cjs', ''].map((end) => base + end).find(isFile);
    return file === undefined ? createRequire(base)(base) : await loadFile(file);
  } catch (error) {
    throw explain(error, name);
  }
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** CommonJS by require, which spares it a turn of the loader; ES modules by import. */
async function loadFile(file) {
  if (file.endsWith('.mjs') || (file.endsWith('.js') && insideModulePackage(file))) {
    const module = await import(pathToFileURL(file).href);
    return module;
  }
  return createRequire(file)(file);
}

/** Whether the nearest package.json says `"type": "module"`. */
function insideModulePackage(file) {
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    const manifest = path.join(directory, 'package.json');
    if (isFile(manifest)) return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
    if (directory === path.dirname(directory)) return false;
  }
}

function explain(error, name) {
  if (error instanceof SyntaxError) {
    const told = fault('Runtime.UserCodeSyntaxError', String(error));
    told.stack = error.stack;
    return told;
  }
  if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
    const missing = isMissing(error, name) ? `Error: Cannot find module '${name}'` : String(error);
    const told = fault('Runtime.ImportModuleError', missing);
    told.stack = error.stack;
    return told;
  }
  return error;
}

/** Whether what is missing is the handler's own file. */
function isMissing(error, name) {
  return error.message.includes(`'${path.resolve(ROOT, name)}'`);
}

// ---- one invocation ----

class Context {
  constructor(headers, finish) {
    this.callbackWaitsForEmptyEventLoop = true;
    this.functionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
    this.functionVersion = process.env.AWS_LAMBDA_FUNCTION_VERSION;
    this.memoryLimitInMB = process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
    this.logGroupName = process.env.AWS_LAMBDA_LOG_GROUP_NAME;
    this.logStreamName = process.env.AWS_LAMBDA_LOG_STREAM_NAME;
    this.awsRequestId = headers['lambda-runtime-aws-request-id'];
    this.invokedFunctionArn = headers['lambda-runtime-invoked-function-arn'];
    const client = headers['lambda-runtime-client-context'];
    if (client) this.clientContext = JSON.parse(client);
    const identity = headers['lambda-runtime-cognito-identity'];
    if (identity) this.identity = JSON.parse(identity);
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    Object.defineProperties(this, {
      getRemainingTimeInMillis: { value: () => deadline - Date.now() },
      succeed: { value: (result) => finish(null, result) },
      fail: { value: (error) => finish(error ?? 'handled') },
      done: { value: (error, result) => finish(error, result) },
    });
  }
}

class Invocation {
  constructor(connection, headers) {
    this.connection = connection;
    this.id = headers['lambda-runtime-aws-request-id'];
    this.settled = false;
    this.pending = undefined;
    this.stream = undefined;
    this.context = new Context(headers, (error, result) => this.settle(error, result));
  }

  start(handler, body) {
    if (handler[STREAMING]) {
      this.startStreaming(handler, body);
      return;
    }
    // From here the handler alone keeps the event loop alive, so that we learn when it has run empty.
    this.connection.socket.unref();
    let result;
    try {
      result = handler(JSON.parse(body), this.context, (error, value) => this.callback(error, value));
    } catch (error) {
      this.settle(error ?? 'handled');
      return;
    }
    if (typeof result?.then === 'function') {
      result.then((value) => this.settle(null, value), (error) => this.settle(error ?? 'handled'));
    }
  }

  /** Here the connection keeps the event loop alive: a slow reader must not look like an idle handler. */
  async startStreaming(handler, body) {
    this.stream = new ResponseStream(this.connection, this.id);
    this.stream.on('finish', () => { this.settled = true; });
    try {
      await handler(JSON.parse(body), this.stream, this.context);
      if (!this.stream.writableEnded) this.stream.end();
    } catch (error) {
      this.settle(error ?? 'handled');
    }
  }

  /** A handler of the callback style answers when its event loop has run empty, unless it says otherwise. */
  callback(error, value) {
    if (this.settled || this.pending) return;
    if (this.context.callbackWaitsForEmptyEventLoop) this.pending = [error, value];
    else this.settle(error, value);
  }

  /** Nothing is left to run: what was said by callback counts, or nothing was. */
  idle() {
    if (this.stream) return;
    const [error, value] = this.pending ?? [null, null];
    this.settle(error, value);
  }

  settle(error, value) {
    if (this.settled) return;
    if (error === null || error === undefined) this.answer(value);
    else this.fail('Invoke Error', error, NEXT);
  }

  answer(value) {
    let body;
    try {
      body = JSON.stringify(value === undefined ? null : value) ?? 'null';
    } catch (error) {
      this.fail('Invoke Error', fault('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`), NEXT);
      return;
    }
    this.finish('response', body, NEXT);
  }

  fail(what, error, after, written) {
    logError(what, error);
    if (this.stream?.begun) {
      this.settled = true;
      this.stream.abort(error, after, written);
    } else {
      this.finish('error', describe(error), after, written);
    }
  }

  /** The answer and the question for the next event travel together. */
  finish(operation, body, after, written) {
    this.settled = true;
    this.connection.socket.ref();
    this.connection.post(`invocation/${this.id}/${operation}`, body, after, written);
  }
}

// ---- the loop ----

function serve(handler, connection) {
  let current;
  connection.onResponse = (headers, body) => {
    if (headers['lambda-runtime-aws-request-id'] === undefined) return;
    requestId = headers['lambda-runtime-aws-request-id'];
    const trace = headers['lambda-runtime-trace-id'];
    if (trace) process.env._X_AMZN_TRACE_ID = trace;
    else delete process.env._X_AMZN_TRACE_ID;
    current = new Invocation(connection, headers);
    current.start(handler, body.toString('utf8'));
  };
  process.on('beforeExit', () => current?.idle());
  dieOn('uncaughtException', 'Uncaught Exception', 129, (error) => error);
  dieOn('unhandledRejection', 'Unhandled Promise Rejection', 128, (reason) =>
    fault('Runtime.UnhandledPromiseRejection', String(reason)));
  connection.socket.write(NEXT);

  function dieOn(event, what, status, convert) {
    process.on(event, (cause) => {
      const error = convert(cause);
      if (current && !current.settled) current.fail(what, error, '', () => process.exit(status));
      else {
        logError(what, error);
        process.exit(status);
      }
    });
  }
}

async function main() {
  patchConsole();
  const connection = new Connection(() => {});
  let handler;
  try {
    handler = await load(process.env._HANDLER);
  } catch (error) {
    logError('Uncaught Exception', error);
    connection.onResponse = () => process.exit(1);
    connection.post('init/error', describe(error), '');
    return;
  }
  serve(handler, connection);
}

main();
