//! A function on the crate `lambda_runtime`; the event says what it does.

use std::time::Duration;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    println!("starting");
    if std::env::var_os("FAIL_INIT").is_some() {
        return Err("no start today".into());
    }
    run(service_fn(handle)).await
}

async fn handle(call: LambdaEvent<Value>) -> Result<Value, Error> {
    let (event, context) = call.into_parts();
    match event["do"].as_str().unwrap_or_default() {
        "raise" => return Err("handled here".into()),
        "exit" => std::process::exit(3),
        "sleep" => tokio::time::sleep(Duration::from_secs(1000)).await,
        "print" => println!("printed by the function"),
        "big" => return Ok("x".repeat(event["size"].as_u64().unwrap_or_default() as usize).into()),
        _ if event["httpMethod"].is_string() => {
            return Ok(json!({ "statusCode": 200, "body": context.xray_trace_id }));
        }
        _ => {}
    }
    Ok(json!({
        "event": event,
        "id": context.request_id,
        "arn": context.invoked_function_arn,
        "deadline": context.deadline,
        "trace": context.xray_trace_id,
        "client": context.client_context,
        "identity": context.identity,
        "name": context.env_config.function_name,
        "version": context.env_config.version,
        "memory": context.env_config.memory,
    }))
}
