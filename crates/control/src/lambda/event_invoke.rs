//! How events are delivered to a function, a version or an alias: retries and age. Destinations do not exist here.

use stagedoor_model::{EventInvokeConfig, FunctionTree};
use stagedoor_wire::{Time, lambda as wire};

use super::function::LATEST;
use super::name::FunctionName;
use super::{marked, resolve};
use crate::ApiError;
use crate::context::Context;

pub(crate) fn put_function_event_invoke_config(
    ctx: &Context,
    request: wire::PutFunctionEventInvokeConfigRequest,
) -> Result<wire::FunctionEventInvokeConfig, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    refuse_destinations(request.destination_config.as_ref())?;
    let wanted = Wanted::of(request.maximum_retry_attempts, request.maximum_event_age_in_seconds)?;
    edit(ctx, &name, |_| Ok(wanted.over(None, ctx)))
}

pub(crate) fn update_function_event_invoke_config(
    ctx: &Context,
    request: wire::UpdateFunctionEventInvokeConfigRequest,
) -> Result<wire::FunctionEventInvokeConfig, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    refuse_destinations(request.destination_config.as_ref())?;
    let wanted = Wanted::of(request.maximum_retry_attempts, request.maximum_event_age_in_seconds)?;
    edit(ctx, &name, |before| Ok(wanted.over(Some(before.ok_or_else(|| absent(&name))?), ctx)))
}

/// The members that a request gives.
struct Wanted {
    retries: Option<u32>,
    age: Option<u32>,
}

impl Wanted {
    fn of(retries: Option<i32>, age: Option<i32>) -> Result<Self, ApiError> {
        if retries.is_none() && age.is_none() {
            return Err(ApiError::bad_request(
                "You must specify at least one of error handling or destination setting.",
            ));
        }
        let number = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
        Ok(Self { retries: number(retries), age: number(age) })
    }

    fn over(&self, before: Option<&EventInvokeConfig>, ctx: &Context) -> EventInvokeConfig {
        EventInvokeConfig {
            maximum_retry_attempts: self.retries.or(before.and_then(|it| it.maximum_retry_attempts)),
            maximum_event_age_seconds: self.age.or(before.and_then(|it| it.maximum_event_age_seconds)),
            last_modified: ctx.now,
        }
    }
}

fn edit(
    ctx: &Context,
    name: &FunctionName,
    change: impl Fn(Option<&EventInvokeConfig>) -> Result<EventInvokeConfig, ApiError>,
) -> Result<wire::FunctionEventInvokeConfig, ApiError> {
    ctx.edit_function(name, None, |tree| {
        resolve(tree, name)?;
        let after = change(tree.function.event_invoke.get(qualifier(name)))?;
        tree.function.event_invoke.insert(qualifier(name).to_owned(), after.clone());
        Ok(to_wire(name, &after))
    })
}

pub(crate) fn get_function_event_invoke_config(
    ctx: &Context,
    request: wire::GetFunctionEventInvokeConfigRequest,
) -> Result<wire::FunctionEventInvokeConfig, ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    let tree = ctx.read_function(&name)?.value;
    let found = tree.function.event_invoke.get(qualifier(&name)).ok_or_else(|| absent(&name))?;
    Ok(to_wire(&name, found))
}

pub(crate) fn list_function_event_invoke_configs(
    ctx: &Context,
    request: wire::ListFunctionEventInvokeConfigsRequest,
) -> Result<wire::ListFunctionEventInvokeConfigsResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let tree: FunctionTree = ctx.read_function(&name)?.value;
    let all: Vec<_> = tree.function.event_invoke.iter().collect();
    let (page, next_marker) =
        marked(all, request.marker.as_deref(), request.max_items, |(qualifier, _)| (*qualifier).clone())?;
    let of = |(qualifier, config): (&String, &EventInvokeConfig)| {
        to_wire(&FunctionName { qualifier: Some(qualifier.clone()), ..name.clone() }, config)
    };
    let function_event_invoke_configs = Some(page.into_iter().map(of).collect());
    Ok(wire::ListFunctionEventInvokeConfigsResponse { function_event_invoke_configs, next_marker })
}

pub(crate) fn delete_function_event_invoke_config(
    ctx: &Context,
    request: wire::DeleteFunctionEventInvokeConfigRequest,
) -> Result<(), ApiError> {
    let name = FunctionName::parse(&ctx.scope, &request.function_name, request.qualifier.as_deref())?;
    ctx.edit_function(&name, None, |tree| {
        tree.function.event_invoke.remove(qualifier(&name)).map(|_| ()).ok_or_else(|| absent(&name))
    })
}

fn refuse_destinations(config: Option<&wire::DestinationConfig>) -> Result<(), ApiError> {
    let Some(config) = config else { return Ok(()) };
    let destinations = [
        config.on_success.as_ref().and_then(|it| it.destination.as_ref()),
        config.on_failure.as_ref().and_then(|it| it.destination.as_ref()),
    ];
    if destinations.into_iter().flatten().all(String::is_empty) {
        return Ok(());
    }
    Err(ApiError::bad_request(
        "Destinations are not supported here: an event that is given up is logged. Leave DestinationConfig out.",
    ))
}

/// The unqualified function's configuration is that of `$LATEST`.
fn qualifier(name: &FunctionName) -> &str {
    name.qualifier.as_deref().unwrap_or(LATEST)
}

fn absent(name: &FunctionName) -> ApiError {
    let arn = name.arn_of(qualifier(name));
    ApiError::not_found(format!("The function {arn} doesn't have an EventInvokeConfig"))
}

fn to_wire(name: &FunctionName, config: &EventInvokeConfig) -> wire::FunctionEventInvokeConfig {
    let number = |value: Option<u32>| value.and_then(|value| i32::try_from(value).ok());
    wire::FunctionEventInvokeConfig {
        last_modified: i64::try_from(config.last_modified.0).ok().map(Time),
        function_arn: Some(name.arn_of(qualifier(name)).to_string()),
        maximum_retry_attempts: number(config.maximum_retry_attempts),
        maximum_event_age_in_seconds: number(config.maximum_event_age_seconds),
        destination_config: Some(wire::DestinationConfig {
            on_success: Some(wire::OnSuccess::default()),
            on_failure: Some(wire::OnFailure::default()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::lambda::tests::{ARN, call, finds_nothing, get, house, refuses_parameter};
    use crate::testing::{Answer, House};

    fn at(house: &House, method: &str, more: &str, body: &Value) -> Answer {
        let target = format!("/2019-09-25/functions/f/event-invoke-config{more}");
        house.call(method, &target, &if body.is_null() { String::new() } else { body.to_string() })
    }

    #[test]
    fn configurations_come_change_and_go() {
        let house = house();
        let absent = format!("The function {ARN}f:$LATEST doesn't have an EventInvokeConfig");
        finds_nothing(&at(&house, "GET", "", &Value::Null), &absent);
        finds_nothing(&at(&house, "POST", "", &json!({"MaximumRetryAttempts": 1})), &absent);
        let put = at(&house, "PUT", "", &json!({"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}));
        let expected = json!({
            "LastModified": 1_700_000_000, "FunctionArn": format!("{ARN}f:$LATEST"), "MaximumRetryAttempts": 0,
            "MaximumEventAgeInSeconds": 60, "DestinationConfig": {"OnSuccess": {}, "OnFailure": {}},
        });
        assert_eq!((put.status, serde_json::from_str::<Value>(&put.body).unwrap()), (200, expected));
        at(&house, "POST", "", &json!({"MaximumRetryAttempts": 1}));
        let read: Value = serde_json::from_str(&at(&house, "GET", "", &Value::Null).body).unwrap();
        assert_eq!(
            (&read["MaximumRetryAttempts"], &read["MaximumEventAgeInSeconds"]),
            (&json!(1), &json!(60))
        );
        at(&house, "PUT", "", &json!({"MaximumRetryAttempts": 2}));
        let list: Value = serde_json::from_str(&at(&house, "GET", "/list", &Value::Null).body).unwrap();
        assert_eq!(list["FunctionEventInvokeConfigs"][0].get("MaximumEventAgeInSeconds"), None);
        assert_eq!(at(&house, "DELETE", "", &Value::Null).status, 204);
        finds_nothing(&at(&house, "DELETE", "", &Value::Null), &absent);
    }

    #[test]
    fn an_alias_has_its_own_and_takes_it_along() {
        let house = house();
        call(&house, "POST", "/f/aliases", &json!({"Name": "live", "FunctionVersion": "$LATEST"}));
        let one = json!({"MaximumRetryAttempts": 1});
        assert_eq!(at(&house, "PUT", "?Qualifier=live", &one).text("/FunctionArn"), format!("{ARN}f:live"));
        assert_eq!(at(&house, "GET", "", &Value::Null).status, 404);
        finds_nothing(
            &at(&house, "PUT", "?Qualifier=next", &one),
            &format!("Function not found: {ARN}f:next"),
        );
        assert_eq!(call(&house, "DELETE", "/f/aliases/live", &Value::Null).status, 204);
        assert_eq!(get(&house, "/f/aliases")["Aliases"], json!([]));
        let list: Value = serde_json::from_str(&at(&house, "GET", "/list", &Value::Null).body).unwrap();
        assert_eq!(list["FunctionEventInvokeConfigs"], json!([]));
    }

    #[test]
    fn what_has_no_effect_is_refused() {
        let house = house();
        let destination = json!({
            "MaximumRetryAttempts": 1,
            "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:q"}},
        });
        refuses_parameter(
            &at(&house, "PUT", "", &destination),
            "Destinations are not supported here: an event that is given up is logged. Leave DestinationConfig out.",
        );
        refuses_parameter(
            &at(&house, "PUT", "", &json!({"DestinationConfig": {"OnFailure": {}}})),
            "You must specify at least one of error handling or destination setting.",
        );
        for wrong in [
            json!({"MaximumRetryAttempts": 3}),
            json!({"MaximumEventAgeInSeconds": 59}),
            json!({"MaximumEventAgeInSeconds": 21601}),
        ] {
            assert_eq!(at(&house, "PUT", "", &wrong).error, "ValidationException", "{wrong}");
        }
    }
}
