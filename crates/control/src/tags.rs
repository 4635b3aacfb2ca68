//! Tags of RestApis, stages, API keys and usage plans, by ARN.
//!
//! In: wire requests. Out: wire answers, changed entities. Other taggable kinds do not exist here yet: their ARNs name
//! nothing.

use stagedoor_base::{ApiId, StageName};
use stagedoor_model::Map;
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::{ApiError, api_key, usage_plan};

const MAX_TAGS: usize = 50;
const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

/// What a tag operation is about.
enum Tagged {
    Api(String),
    Stage(String, StageName),
    ApiKey(String),
    UsagePlan(String),
}

pub(crate) fn get_tags(ctx: &Context, request: wire::GetTagsRequest) -> Result<wire::Tags, ApiError> {
    let tags = match tagged(ctx, &request.resource_arn)? {
        Tagged::Api(api) => ctx.read_api(&api, || ctx.unknown_api(&api))?.api.tags,
        Tagged::Stage(api, stage) => {
            let found = ctx.store.stage(&ctx.scope, &ApiId::from(api.as_str()), &stage)?;
            found.ok_or_else(unknown_stage)?.value.tags
        }
        Tagged::ApiKey(key) => api_key::find(ctx, &key)?.tags,
        Tagged::UsagePlan(plan) => usage_plan::find(ctx, &plan)?.tags,
    };
    Ok(wire::Tags { tags: Some(tags) })
}

pub(crate) fn tag_resource(ctx: &Context, request: wire::TagResourceRequest) -> Result<(), ApiError> {
    check(&request.tags)?;
    edit(ctx, &request.resource_arn, |tags| {
        tags.extend(request.tags.clone());
        check_count(tags)
    })
}

pub(crate) fn untag_resource(ctx: &Context, request: wire::UntagResourceRequest) -> Result<(), ApiError> {
    edit(ctx, &request.resource_arn, |tags| {
        tags.retain(|key, _| !request.tag_keys.contains(key));
        Ok(())
    })
}

/// Refuses tags that no entity may carry.
pub(crate) fn check(tags: &Map<String>) -> Result<(), ApiError> {
    for (key, value) in tags {
        if key.is_empty() || key.chars().count() > MAX_KEY {
            return Err(ApiError::bad_request(format!(
                "Tag keys must have 1 to {MAX_KEY} characters: {key}"
            )));
        }
        if value.chars().count() > MAX_VALUE {
            return Err(ApiError::bad_request(format!(
                "Tag values must have at most {MAX_VALUE} characters"
            )));
        }
        if key.starts_with("aws:") {
            return Err(ApiError::bad_request("Tag keys beginning with aws: are reserved for AWS use"));
        }
    }
    check_count(tags)
}

fn check_count(tags: &Map<String>) -> Result<(), ApiError> {
    match tags.len() {
        0..=MAX_TAGS => Ok(()),
        _ => Err(ApiError::bad_request(format!("A resource can have at most {MAX_TAGS} tags"))),
    }
}

fn edit(
    ctx: &Context,
    arn: &str,
    change: impl Fn(&mut Map<String>) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    match tagged(ctx, arn)? {
        Tagged::Api(api) => ctx.edit_api(&api, || ctx.unknown_api(&api), |tree| change(&mut tree.api.tags)),
        Tagged::Stage(api, stage) => edit_stage(ctx, &ApiId::from(api), &stage, change),
        Tagged::ApiKey(key) => api_key::edit(ctx, &key, |key| change(&mut key.tags)).map(|_| ()),
        Tagged::UsagePlan(plan) => usage_plan::edit(ctx, &plan, |plan| change(&mut plan.tags)).map(|_| ()),
    }
}

fn edit_stage(
    ctx: &Context,
    api: &ApiId,
    stage: &StageName,
    change: impl Fn(&mut Map<String>) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, api)?.ok_or_else(unknown_stage)?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        let mut stage = ctx.store.stage(&ctx.scope, api, stage)?.ok_or_else(unknown_stage)?.value;
        change(&mut stage.tags)?;
        ctx.commit(Change::of_api(&ctx.scope, api).put_stage(&stage).expecting(before.revision))
    })
}

fn unknown_stage() -> ApiError {
    ApiError::not_found("Invalid Stage identifier specified")
}

/// The tags of what an ARN names; none when it names nothing that is here.
pub(crate) fn of(ctx: &Context, arn: &str) -> Result<Option<Map<String>>, ApiError> {
    match tagged(ctx, arn) {
        Ok(Tagged::Api(api)) => {
            Ok(ctx.store.api(&ctx.scope, &ApiId::from(api))?.map(|found| found.value.api.tags))
        }
        Ok(Tagged::Stage(api, stage)) => {
            Ok(ctx.store.stage(&ctx.scope, &ApiId::from(api), &stage)?.map(|found| found.value.tags))
        }
        Ok(Tagged::ApiKey(key)) => {
            Ok(ctx.store.api_key(&ctx.scope, &key.into())?.map(|found| found.value.tags))
        }
        Ok(Tagged::UsagePlan(plan)) => {
            Ok(ctx.store.usage_plan(&ctx.scope, &plan.into())?.map(|found| found.value.tags))
        }
        Err(_) => Ok(None),
    }
}

/// Reads `arn:aws:apigateway:{region}::/restapis/{api}[/stages/{stage}]`, `/apikeys/{key}` or `/usageplans/{plan}`: another partition would be another name for the
/// same entity, which policies do not know.
fn tagged(ctx: &Context, arn: &str) -> Result<Tagged, ApiError> {
    let invalid = || ApiError::bad_request(format!("Invalid ARN specified in the request: {arn}"));
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", "aws", "apigateway", region, "", path] = parts.as_slice() else { return Err(invalid()) };
    let path: Vec<&str> = path.strip_prefix('/').ok_or_else(invalid)?.split('/').collect();
    let other = || ApiError::not_found(format!("No taggable resource has the ARN {arn}"));
    match path.as_slice() {
        _ if *region != ctx.scope.region.as_str() => Err(other()),
        ["restapis", api] => Ok(Tagged::Api((*api).to_owned())),
        ["restapis", api, "stages", stage] => Ok(Tagged::Stage((*api).to_owned(), StageName::from(*stage))),
        ["apikeys", key] => Ok(Tagged::ApiKey((*key).to_owned())),
        ["usageplans", plan] => Ok(Tagged::UsagePlan((*plan).to_owned())),
        [""] => Err(invalid()),
        _ => Err(other()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::House;

    fn arn(api: &str) -> String {
        format!("/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2F{api}")
    }

    #[test]
    fn tags_of_an_api_come_and_go() {
        let (house, api) = House::with_api();
        let target = arn(&api);
        house.check(("PUT", &target, r#"{"tags":{"a":"1","b":"2"}}"#), 204, "");
        house.check(("GET", &target, ""), 200, r#"{"tags":{"a":"1","b":"2"}}"#);
        house.check(("DELETE", &format!("{target}?tagKeys=a&tagKeys=c"), ""), 204, "");
        house.check(("GET", &target, ""), 200, r#"{"tags":{"b":"2"}}"#);
        let plain = format!("/tags/arn:aws:apigateway:us-east-1::/restapis/{api}");
        house.check(("GET", &plain, ""), 200, r#"{"tags":{"b":"2"}}"#);
    }

    #[test]
    fn tags_of_a_stage_are_its_own() {
        let (house, api) = House::with_api();
        let root = house.root(&api);
        let method = format!("/restapis/{api}/resources/{root}/methods/GET");
        house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
        house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
        let deployed = house.call("POST", &format!("/restapis/{api}/deployments"), r#"{"stageName":"live"}"#);
        assert_eq!(deployed.status, 201, "{}", deployed.body);
        let target = format!("/tags/arn:aws:apigateway:us-east-1::/restapis/{api}/stages/live");
        house.check(("PUT", &target, r#"{"tags":{"a":"1"}}"#), 204, "");
        house.check(("GET", &target, ""), 200, r#"{"tags":{"a":"1"}}"#);
        house.check(("GET", &arn(&api), ""), 200, r#"{"tags":{}}"#);
        let stage = house.call("GET", &format!("/restapis/{api}/stages/live"), "");
        assert_eq!(stage.text("/tags/a"), "1");
        house.finds_nothing(
            ("GET", &target.replace("live", "dead"), ""),
            "Invalid Stage identifier specified",
        );
    }

    #[test]
    fn what_is_no_taggable_arn_is_refused() {
        let house = House::new();
        house.refuses_bad(("GET", "/tags/nonsense", ""), "Invalid ARN specified in the request: nonsense");
        let other = "arn:aws:apigateway:us-east-1::/vpclinks/x";
        house.finds_nothing(
            ("GET", &format!("/tags/{other}"), ""),
            &format!("No taggable resource has the ARN {other}"),
        );
        house.finds_nothing(
            ("GET", &arn("nosuchapi1"), ""),
            "Invalid API identifier specified 000000000000:nosuchapi1",
        );
    }

    #[test]
    fn tags_keep_to_their_limits() {
        let (house, api) = House::with_api();
        let target = arn(&api);
        let many: Vec<String> = (0..51).map(|index| format!(r#""k{index}":"v""#)).collect();
        for (tags, message) in [
            (r#""aws:x":"v""#.to_owned(), "Tag keys beginning with aws: are reserved for AWS use"),
            (format!(r#""k":"{}""#, "v".repeat(257)), "Tag values must have at most 256 characters"),
            (many.join(","), "A resource can have at most 50 tags"),
        ] {
            house.refuses_bad(("PUT", &target, &format!(r#"{{"tags":{{{tags}}}}}"#)), message);
        }
    }
}
