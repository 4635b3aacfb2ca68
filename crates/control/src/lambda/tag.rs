//! Tags of functions.

use stagedoor_model::Map;
use stagedoor_wire::lambda as wire;

use super::name::FunctionName;
use crate::context::Context;
use crate::{ApiError, tags};

pub(crate) fn list_tags(
    ctx: &Context,
    request: wire::ListTagsRequest,
) -> Result<wire::ListTagsResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.resource)?;
    let tags: Map<String> = ctx.read_function(&name)?.value.function.tags;
    Ok(wire::ListTagsResponse { tags: Some(tags) })
}

pub(crate) fn tag_resource(ctx: &Context, request: wire::TagResourceRequest) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.resource)?;
    ctx.edit_function(&name, None, |tree| {
        let mut tagged = tree.function.tags.clone();
        tagged.extend(request.tags.clone());
        tags::check(&tagged)?;
        tree.function.tags = tagged;
        Ok(())
    })
}

pub(crate) fn untag_resource(ctx: &Context, request: wire::UntagResourceRequest) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.resource)?;
    ctx.edit_function(&name, None, |tree| {
        tree.function.tags.retain(|key, _| !request.tag_keys.contains(key));
        Ok(())
    })
}
