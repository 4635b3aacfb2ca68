// A function on the npm package `aws-lambda-ric`; the event says what it does.
'use strict';

console.log('starting');
if (process.env.FAIL_INIT) throw new Error('no start today');

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

exports.handler = async (event, context) => {
  switch (event.do) {
    case 'raise': throw new RangeError('handled here');
    case 'exit': process.exit(3);
    case 'sleep': await pause(1000);
    case 'print': console.log('printed by the function'); break;
    case 'big': return 'x'.repeat(event.size);
  }
  if (event.httpMethod) return { statusCode: 200, body: process.env._X_AMZN_TRACE_ID };
  return {
    event,
    id: context.awsRequestId,
    arn: context.invokedFunctionArn,
    deadline: Date.now() + context.getRemainingTimeInMillis(),
    trace: process.env._X_AMZN_TRACE_ID,
    client: context.clientContext ?? null,
    identity: context.identity ?? null,
    name: context.functionName,
    version: context.functionVersion,
    memory: Number(context.memoryLimitInMB),
  };
};

exports.stream = awslambda.streamifyResponse(async (event, stream) => {
  if (event.http || event.httpMethod) {
    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
  }
  stream.write('one,');
  await pause(event.pause ?? 0);
  if (process.env.BACKEND) await fetch(process.env.BACKEND);
  if (event.late) throw new RangeError('too late');
  stream.end('two');
});
