//! Reserved concurrency, and what the account has left for functions without.
//!
//! In: wire requests. Out: what a function reserved, and the account's numbers. The counting of calls is elsewhere.

use std::sync::PoisonError;

use stagedoor_model::{FunctionCode, FunctionVersion};
use stagedoor_wire::lambda as wire;

use super::name::FunctionName;
use crate::context::Context;
use crate::{ApiError, DeclaredFunction};

/// Zipped code of all functions together. Told, not enforced: the disk is this machine's own.
const TOTAL_CODE_BYTES: i64 = 80_530_636_800;

pub(crate) fn put_function_concurrency(
    ctx: &Context,
    request: wire::PutFunctionConcurrencyRequest,
) -> Result<wire::Concurrency, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let wanted = u32::try_from(request.reserved_concurrent_executions).unwrap_or_default();
    // A function's own revision says nothing about what other functions reserve meanwhile.
    let _alone = ctx.reserving.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.edit_function(&name, None, |tree| {
        check_rest(ctx, &name.name, wanted)?;
        tree.function.reserved_concurrency = Some(wanted);
        Ok(())
    })?;
    Ok(wire::Concurrency { reserved_concurrent_executions: Some(request.reserved_concurrent_executions) })
}

/// Functions without a reservation must keep something to run on.
fn check_rest(ctx: &Context, function: &str, wanted: u32) -> Result<(), ApiError> {
    let minimum = ctx.limits.unreserved_concurrency_minimum;
    let others = reserved(ctx, Some(function))?;
    if wanted == 0 || others + u64::from(wanted) + u64::from(minimum) <= u64::from(ctx.limits.concurrency) {
        return Ok(());
    }
    Err(ApiError::bad_request(format!(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its \
         minimum value of [{minimum}]."
    )))
}

/// What a file reserves may leave less than AWS asks for, where the limit is small, but not nothing: every function without
/// a reservation would refuse its calls.
pub(crate) fn check_declared(ctx: &Context, functions: &[DeclaredFunction]) -> Result<(), ApiError> {
    let limit = u64::from(ctx.limits.concurrency);
    let stored = ctx.store.functions(&ctx.scope)?;
    // What some file declared is declared anew, or goes.
    let made_by_calls = stored.iter().filter(|function| function.declared_in.is_none());
    let kept = made_by_calls.filter_map(|function| function.reserved_concurrency);
    let declared = functions.iter().filter_map(|function| function.reserved_concurrency);
    let total: u64 = kept.chain(declared.clone()).map(u64::from).sum();
    if total < limit || declared.map(u64::from).sum::<u64>() == 0 {
        return Ok(());
    }
    Err(ApiError::bad_request(format!(
        "functions reserve {total} of the {limit} calls that run at once, which leaves none for the others: lower a \
         `concurrency` of `functions`, or raise that of `lambda`"
    )))
}

fn reserved(ctx: &Context, except: Option<&str>) -> Result<u64, ApiError> {
    let functions = ctx.store.functions(&ctx.scope)?;
    let others = functions.iter().filter(|function| Some(function.name.as_str()) != except);
    Ok(others.filter_map(|function| function.reserved_concurrency).map(u64::from).sum())
}

pub(crate) fn get_function_concurrency(
    ctx: &Context,
    request: wire::GetFunctionConcurrencyRequest,
) -> Result<wire::GetFunctionConcurrencyResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let reserved = ctx.read_function(&name)?.value.function.reserved_concurrency;
    let reserved_concurrent_executions = reserved.and_then(|reserved| i32::try_from(reserved).ok());
    Ok(wire::GetFunctionConcurrencyResponse { reserved_concurrent_executions })
}

pub(crate) fn delete_function_concurrency(
    ctx: &Context,
    request: wire::DeleteFunctionConcurrencyRequest,
) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    ctx.edit_function(&name, None, |tree| {
        tree.function.reserved_concurrency = None;
        Ok(())
    })
}

pub(crate) fn get_account_settings(
    ctx: &Context,
    _request: wire::GetAccountSettingsRequest,
) -> Result<wire::GetAccountSettingsResponse, ApiError> {
    let functions = ctx.store.functions(&ctx.scope)?;
    let total = u64::from(ctx.limits.concurrency);
    let number = |value: u64| i32::try_from(value).ok();
    Ok(wire::GetAccountSettingsResponse {
        account_limit: Some(wire::AccountLimit {
            total_code_size: Some(TOTAL_CODE_BYTES),
            code_size_unzipped: i64::try_from(super::code::MAX_UNPACKED).ok(),
            code_size_zipped: i64::try_from(super::code::MAX_ZIP).ok(),
            concurrent_executions: number(total),
            unreserved_concurrent_executions: number(total.saturating_sub(reserved(ctx, None)?)),
        }),
        account_usage: Some(wire::AccountUsage {
            total_code_size: Some(functions.iter().map(|function| code_size(&function.latest)).sum()),
            function_count: i64::try_from(functions.len()).ok(),
        }),
    })
}

fn code_size(version: &FunctionVersion) -> i64 {
    match version.code {
        FunctionCode::Zip { size, .. } => i64::try_from(size).unwrap_or(i64::MAX),
        FunctionCode::Directory { .. } | FunctionCode::Remote { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::lambda::tests::{call, creation, get, house, refuses_parameter, with};

    const PUT: &str = "/2017-10-31/functions/f/concurrency";
    const READ: &str = "/2019-09-30/functions/f/concurrency";

    #[test]
    fn reservations_are_put_read_and_taken_back() {
        let house = house();
        house.check(("GET", READ, ""), 200, "{}");
        let five = r#"{"ReservedConcurrentExecutions":5}"#;
        house.check(("PUT", PUT, five), 200, five);
        house.check(("GET", READ, ""), 200, five);
        assert_eq!(get(&house, "/f")["Concurrency"], json!({"ReservedConcurrentExecutions": 5}));
        house.check(("DELETE", PUT, ""), 204, "");
        house.check(("GET", READ, ""), 200, "{}");
        assert_eq!(get(&house, "/f")["Concurrency"], Value::Null);
        assert_eq!(
            house.call("PUT", PUT, r#"{"ReservedConcurrentExecutions":-1}"#).error,
            "ValidationException"
        );
    }

    #[test]
    fn reservations_at_once_leave_a_hundred_too() {
        let house = house();
        let names: Vec<String> = (0..8).map(|number| format!("g{number}")).collect();
        for name in &names {
            let other = with(creation(), &json!({"FunctionName": name}));
            assert_eq!(house.call("POST", "/2015-03-31/functions", &other).status, 201);
        }
        for _ in 0..10 {
            let puts = names.iter().map(|name| {
                let target = format!("/2017-10-31/functions/{name}/concurrency");
                ("PUT", target, r#"{"ReservedConcurrentExecutions":450}"#)
            });
            let answers = house.call_at_once(puts);
            assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 2, "{answers:?}");
            for name in &names {
                house.check(("DELETE", &format!("/2017-10-31/functions/{name}/concurrency"), ""), 204, "");
            }
        }
    }

    #[test]
    fn a_hundred_stay_for_functions_without_a_reservation() {
        let house = house();
        let other = with(creation(), &json!({"FunctionName": "g"}));
        assert_eq!(house.call("POST", "/2015-03-31/functions", &other).status, 201);
        let reserve = |name: &str, count: u32| {
            let target = format!("/2017-10-31/functions/{name}/concurrency");
            house.call("PUT", &target, &json!({"ReservedConcurrentExecutions": count}).to_string())
        };
        assert_eq!(reserve("f", 900).status, 200);
        assert_eq!(reserve("f", 899).status, 200);
        assert_eq!(reserve("g", 0).status, 200);
        refuses_parameter(
            &reserve("g", 2),
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below \
             its minimum value of [100].",
        );
        let settings = house.call("GET", "/2016-08-19/account-settings/", "");
        let settings: Value = serde_json::from_str(&settings.body).unwrap();
        assert_eq!(settings["AccountLimit"]["ConcurrentExecutions"], 1000);
        assert_eq!(settings["AccountLimit"]["UnreservedConcurrentExecutions"], 101);
        assert_eq!(settings["AccountUsage"], json!({"TotalCodeSize": 6, "FunctionCount": 2}));
        call(&house, "DELETE", "/f", &Value::Null);
        assert_eq!(reserve("g", 900).status, 200);
    }
}
