//! Layers: publishing, reading and deleting their versions, and their use by functions.
//!
//! In: wire requests. Out: stored layer versions, and the layers of a function with their code. Sharing a layer with other
//! accounts is refused.

use stagedoor_model::{FunctionCode, FunctionLayer, Layer, LayerTree, LayerVersion};
use stagedoor_store::Change;
use stagedoor_wire::lambda as wire;

use super::code::{self, MAX_UNPACKED, Source};
use super::marked;
use crate::ApiError;
use crate::context::Context;

/// Layers of one function.
const MAX_LAYERS: usize = 5;
const MAX_NAME: usize = 140;

pub(crate) fn publish_layer_version(
    ctx: &Context,
    request: wire::PublishLayerVersionRequest,
) -> Result<wire::PublishLayerVersionResponse, ApiError> {
    let name = layer_name(ctx, &request.layer_name)?;
    let content = request.content;
    let s3 = content.s3_bucket.is_some() || content.s3_key.is_some();
    let source = Source { zip_file: content.zip_file, s3, ..Default::default() };
    let (zip, accepted) = code::accept(ctx, source)?;
    let FunctionCode::Zip { sha256_base64, size, unpacked } = accepted else {
        return Err(ApiError::Internal("an uploaded layer is not a zip".to_owned()));
    };
    let mut version = LayerVersion {
        version: 0,
        description: request.description,
        license: request.license_info,
        compatible_runtimes: request.compatible_runtimes.unwrap_or_default(),
        compatible_architectures: request.compatible_architectures.unwrap_or_default(),
        sha256_base64,
        size,
        unpacked_size: unpacked,
        created: ctx.now,
    };
    ctx.retrying(|| {
        let before = ctx.store.layer(&ctx.scope, &name)?;
        let mut after = before.as_ref().map_or_else(|| new_layer(&name), |found| found.value.clone());
        after.layer.last_version += 1;
        version.version = after.layer.last_version;
        after.versions.insert(version.version, version.clone());
        let change = Change::between_layers(&ctx.scope, before.as_ref().map(|found| &found.value), &after)
            .put_blob(zip.clone());
        ctx.commit(match &before {
            Some(found) => change.expecting(found.revision),
            None => change,
        })
    })?;
    let found = described(ctx, &name, &version);
    Ok(wire::PublishLayerVersionResponse {
        content: found.content,
        layer_arn: found.layer_arn,
        layer_version_arn: found.layer_version_arn,
        description: found.description,
        created_date: found.created_date,
        version: found.version,
        compatible_architectures: found.compatible_architectures,
        compatible_runtimes: found.compatible_runtimes,
        license_info: found.license_info,
    })
}

fn new_layer(name: &str) -> LayerTree {
    LayerTree { layer: Layer { name: name.to_owned(), last_version: 0 }, versions: Default::default() }
}

pub(crate) fn get_layer_version(
    ctx: &Context,
    request: wire::GetLayerVersionRequest,
) -> Result<wire::GetLayerVersionResponse, ApiError> {
    let name = layer_name(ctx, &request.layer_name)?;
    let version = read(ctx, &name, checked_number(request.version_number)?)?.ok_or_else(unknown)?;
    Ok(described(ctx, &name, &version))
}

pub(crate) fn get_layer_version_by_arn(
    ctx: &Context,
    request: wire::GetLayerVersionByArnRequest,
) -> Result<wire::GetLayerVersionResponse, ApiError> {
    let (name, number) = parse_version_arn(ctx, &request.arn).ok_or_else(unknown)?;
    let version = read(ctx, &name, number)?.ok_or_else(unknown)?;
    Ok(described(ctx, &name, &version))
}

pub(crate) fn list_layers(
    ctx: &Context,
    request: wire::ListLayersRequest,
) -> Result<wire::ListLayersResponse, ApiError> {
    let filter =
        Filter { runtime: request.compatible_runtime, architecture: request.compatible_architecture };
    let mut all = Vec::new();
    for layer in ctx.store.layers(&ctx.scope)? {
        let Some(tree) = ctx.store.layer(&ctx.scope, &layer.name)? else { continue };
        let latest = tree.value.versions.values().rev().find(|version| filter.admits(version));
        all.extend(latest.map(|version| wire::LayersListItem {
            layer_name: Some(layer.name.clone()),
            layer_arn: Some(arn(ctx, &layer.name)),
            latest_matching_version: Some(listed(ctx, &layer.name, version)),
        }));
    }
    let key = |layer: &wire::LayersListItem| layer.layer_name.clone().unwrap_or_default();
    let (layers, next_marker) = marked(all, request.marker.as_deref(), request.max_items, key)?;
    Ok(wire::ListLayersResponse { next_marker, layers: Some(layers) })
}

/// Newest first.
pub(crate) fn list_layer_versions(
    ctx: &Context,
    request: wire::ListLayerVersionsRequest,
) -> Result<wire::ListLayerVersionsResponse, ApiError> {
    let name = layer_name(ctx, &request.layer_name)?;
    let filter =
        Filter { runtime: request.compatible_runtime, architecture: request.compatible_architecture };
    let tree = ctx.store.layer(&ctx.scope, &name)?;
    let versions = tree.iter().flat_map(|tree| tree.value.versions.values().rev());
    let all = versions.filter(|version| filter.admits(version)).map(|version| listed(ctx, &name, version));
    let key = |version: &wire::LayerVersionsListItem| version.version.unwrap_or_default().to_string();
    let (versions, next_marker) = marked(all.collect(), request.marker.as_deref(), request.max_items, key)?;
    Ok(wire::ListLayerVersionsResponse { next_marker, layer_versions: Some(versions) })
}

/// Deleting a version that does not exist succeeds, as in AWS. Functions that use it go on.
pub(crate) fn delete_layer_version(
    ctx: &Context,
    request: wire::DeleteLayerVersionRequest,
) -> Result<(), ApiError> {
    let name = layer_name(ctx, &request.layer_name)?;
    let number = checked_number(request.version_number)?;
    ctx.retrying(|| {
        let Some(before) = ctx.store.layer(&ctx.scope, &name)? else { return Ok(()) };
        let mut after = before.value.clone();
        if after.versions.remove(&number).is_none() {
            return Ok(());
        }
        let change = Change::between_layers(&ctx.scope, Some(&before.value), &after);
        ctx.commit(change.expecting(before.revision))
    })
}

/// What a caller lists layers by.
struct Filter {
    runtime: Option<String>,
    architecture: Option<String>,
}

impl Filter {
    /// A version that names no architecture is for all of them.
    fn admits(&self, version: &LayerVersion) -> bool {
        let runtimes = &version.compatible_runtimes;
        let architectures = &version.compatible_architectures;
        self.runtime.as_ref().is_none_or(|wanted| runtimes.contains(wanted))
            && self
                .architecture
                .as_ref()
                .is_none_or(|wanted| architectures.is_empty() || architectures.contains(wanted))
    }
}

/// The layers that a function asks for, in its order, with their code. `code_bytes` is what its own code unpacks to.
pub(super) fn resolve(
    ctx: &Context,
    arns: &[String],
    code_bytes: u64,
) -> Result<Vec<FunctionLayer>, ApiError> {
    if arns.len() > MAX_LAYERS {
        return Err(ApiError::bad_request(format!("Cannot reference more than {MAX_LAYERS} layers.")));
    }
    let mut found: Vec<FunctionLayer> = Vec::with_capacity(arns.len());
    let mut names: Vec<(String, &String)> = Vec::new();
    for arn in arns {
        let missing = || ApiError::bad_request(format!("Layer version {arn} does not exist."));
        let (name, number) = parse_version_arn(ctx, arn).ok_or_else(missing)?;
        let version = read(ctx, &name, number)?.ok_or_else(missing)?;
        if let Some((_, other)) = names.iter().find(|(known, _)| *known == name) {
            return Err(ApiError::bad_request(format!(
                "Two different versions of the same layer are not allowed to be referenced in the same function. {other} \
                 and {arn}"
            )));
        }
        names.push((name, arn));
        let LayerVersion { sha256_base64, size, unpacked_size: unpacked, .. } = version;
        let code = FunctionCode::Zip { sha256_base64, size, unpacked };
        found.push(FunctionLayer { arn: Some(arn.clone()), code });
    }
    check_size(&found, code_bytes)?;
    Ok(found)
}

/// Code and layers share one limit.
pub(super) fn check_size(layers: &[FunctionLayer], code_bytes: u64) -> Result<(), ApiError> {
    let total = code_bytes + layers.iter().map(|layer| layer.code.unpacked_bytes()).sum::<u64>();
    if layers.is_empty() || total <= MAX_UNPACKED {
        return Ok(());
    }
    Err(ApiError::bad_request(format!(
        "Function code combined with layers exceeds the maximum allowed size of {MAX_UNPACKED} bytes. The actual size is \
         {total} bytes."
    )))
}

fn read(ctx: &Context, name: &str, number: u32) -> Result<Option<LayerVersion>, ApiError> {
    let tree = ctx.store.layer(&ctx.scope, name)?;
    Ok(tree.and_then(|tree| tree.value.versions.get(&number).cloned()))
}

fn unknown() -> ApiError {
    ApiError::not_found("The resource you requested does not exist.")
}

fn checked_number(number: i64) -> Result<u32, ApiError> {
    match u32::try_from(number) {
        Ok(number) if number > 0 => Ok(number),
        Ok(_) | Err(_) if number <= 0 => {
            Err(ApiError::bad_request("Layer Version Number cannot be less than 1"))
        }
        _ => Err(unknown()),
    }
}

/// A layer's name, also out of its ARN.
fn layer_name(ctx: &Context, text: &str) -> Result<String, ApiError> {
    let name = match text.strip_prefix("arn:") {
        None => text,
        Some(_) => text.strip_prefix(arn(ctx, "").as_str()).ok_or_else(unknown)?,
    };
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > MAX_NAME || !name.bytes().all(is_valid) {
        return Err(ApiError::bad_request(format!("The provided layer name {text} is not valid")));
    }
    Ok(name.to_owned())
}

/// `arn:aws:lambda:{region}:{account}:layer:{name}:{version}` of the caller's own scope.
fn parse_version_arn(ctx: &Context, text: &str) -> Option<(String, u32)> {
    let (name, number) = text.strip_prefix(arn(ctx, "").as_str())?.split_once(':')?;
    Some((name.to_owned(), number.parse().ok()?))
}

fn arn(ctx: &Context, name: &str) -> String {
    format!("arn:aws:lambda:{}:{}:layer:{name}", ctx.scope.region, ctx.scope.account)
}

fn given(list: &[String]) -> Option<Vec<String>> {
    (!list.is_empty()).then(|| list.to_vec())
}

fn listed(ctx: &Context, name: &str, version: &LayerVersion) -> wire::LayerVersionsListItem {
    wire::LayerVersionsListItem {
        layer_version_arn: Some(format!("{}:{}", arn(ctx, name), version.version)),
        version: Some(i64::from(version.version)),
        description: version.description.clone(),
        created_date: Some(version.created.lambda()),
        compatible_architectures: given(&version.compatible_architectures),
        compatible_runtimes: given(&version.compatible_runtimes),
        license_info: version.license.clone(),
    }
}

fn described(ctx: &Context, name: &str, version: &LayerVersion) -> wire::GetLayerVersionResponse {
    let item = listed(ctx, name, version);
    wire::GetLayerVersionResponse {
        content: Some(wire::LayerVersionContentOutput {
            code_sha256: Some(version.sha256_base64.clone()),
            code_size: i64::try_from(version.size).ok(),
            ..Default::default()
        }),
        layer_arn: Some(arn(ctx, name)),
        layer_version_arn: item.layer_version_arn,
        description: Some(item.description.unwrap_or_default()),
        created_date: item.created_date,
        version: item.version,
        compatible_architectures: item.compatible_architectures,
        compatible_runtimes: item.compatible_runtimes,
        license_info: item.license_info,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::lambda::tests::{call, creation, finds_nothing, get, house, refuses_parameter, with};
    use crate::testing::{Answer, House};

    const LAYER: &str = "arn:aws:lambda:us-east-1:000000000000:layer:";

    fn at(house: &House, method: &str, path: &str) -> Answer {
        house.call(method, &format!("/2018-10-31/layers{path}"), "")
    }

    /// base64 of `PK` and a letter; the test's port takes it for a zip.
    fn publish(house: &House, name: &str, zip: &str) -> Answer {
        let body =
            json!({"Content": {"ZipFile": zip}, "CompatibleRuntimes": ["python3.13"], "Description": "d"});
        house.call("POST", &format!("/2018-10-31/layers/{name}/versions"), &body.to_string())
    }

    fn value(answer: &Answer) -> Value {
        serde_json::from_str(&answer.body).unwrap()
    }

    #[test]
    fn versions_are_published_read_and_deleted() {
        let house = House::new();
        let first = publish(&house, "libs", "UEsx");
        let expected = json!({
            "Content": {"CodeSha256": "Fql9r8eoZOap0R3qWZAdDvCOMBZw2RHXz7WyhmsoJe0=", "CodeSize": 3},
            "LayerArn": format!("{LAYER}libs"), "LayerVersionArn": format!("{LAYER}libs:1"), "Description": "d",
            "CreatedDate": "2023-11-14T22:13:20.000+0000", "Version": 1, "CompatibleRuntimes": ["python3.13"],
        });
        assert_eq!((first.status, value(&first)), (201, expected.clone()));
        assert_eq!(value(&at(&house, "GET", "/libs/versions/1")), expected);
        let by_arn = at(&house, "GET", &format!("?find=LayerVersion&Arn={LAYER}libs%3A1"));
        assert_eq!(value(&by_arn), expected);
        assert_eq!(
            value(&publish(&house, &format!("{LAYER}libs").replace(':', "%3A"), "UEsy"))["Version"],
            2
        );
        let versions = value(&at(&house, "GET", "/libs/versions"));
        let numbers: Vec<_> =
            versions["LayerVersions"].as_array().unwrap().iter().map(|it| it["Version"].clone()).collect();
        assert_eq!(numbers, [2, 1]);
        for _ in 0..2 {
            assert_eq!(at(&house, "DELETE", "/libs/versions/2").status, 204);
        }
        let absent = "The resource you requested does not exist.";
        finds_nothing(&at(&house, "GET", "/libs/versions/2"), absent);
        assert_eq!(value(&publish(&house, "libs", "UEsy"))["Version"], 3);
        refuses_parameter(
            &at(&house, "GET", "/libs/versions/0"),
            "Layer Version Number cannot be less than 1",
        );
        let other_account = format!("?find=LayerVersion&Arn={}libs%3A1", LAYER.replace("0000", "1111"));
        finds_nothing(&at(&house, "GET", &other_account), absent);
    }

    #[test]
    fn lists_name_the_latest_version_that_fits() {
        let house = House::new();
        publish(&house, "b", "UEsx");
        publish(&house, "a", "UEsx");
        publish(&house, "a", "UEsy");
        let layers = value(&at(&house, "GET", "?CompatibleRuntime=python3.13"));
        let found: Vec<_> = layers["Layers"].as_array().unwrap().iter().map(|it| &it["LayerName"]).collect();
        assert_eq!(found, ["a", "b"]);
        assert_eq!(layers["Layers"][0]["LatestMatchingVersion"]["Version"], 2);
        assert_eq!(value(&at(&house, "GET", "?CompatibleRuntime=nodejs22.x"))["Layers"], json!([]));
        at(&house, "DELETE", "/b/versions/1");
        assert_eq!(value(&at(&house, "GET", ""))["Layers"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn functions_keep_their_layers_in_order_also_after_their_deletion() {
        let house = house();
        for (name, zip) in [("b", "UEsx"), ("a", "UEsy")] {
            publish(&house, name, zip);
        }
        let arns = [format!("{LAYER}b:1"), format!("{LAYER}a:1")];
        let layers = json!([{"Arn": arns[0], "CodeSize": 3}, {"Arn": arns[1], "CodeSize": 3}]);
        let updated = call(&house, "PUT", "/f/configuration", &json!({"Layers": arns}));
        assert_eq!((updated.status, &value(&updated)["Layers"]), (200, &layers));
        assert_eq!(at(&house, "DELETE", "/a/versions/1").status, 204);
        assert_eq!(get(&house, "/f/configuration")["Layers"], layers);
        let sha256 = "Q+MFGv8/GtVA2S4VtLPVZsyzvLeqQ1Wzz8kz6+Gc5hI=";
        let kept = house.store().function(&crate::testing::scope(), "f").unwrap().unwrap().value;
        let stagedoor_model::FunctionCode::Zip { sha256_base64, .. } =
            &kept.function.latest.configuration.layers[1].code
        else {
            panic!("{sha256}")
        };
        assert_eq!(house.store().blob(sha256_base64).unwrap().as_deref(), Some(&b"PK2"[..]));
        call(&house, "PUT", "/f/configuration", &json!({"Layers": []}));
        assert_eq!(get(&house, "/f/configuration").get("Layers"), None);
        assert_eq!(house.store().blob(sha256_base64).unwrap(), None);
    }

    #[test]
    fn functions_take_only_layers_that_fit() {
        let house = House::new();
        let creating = |layers: Value| {
            house.call("POST", "/2015-03-31/functions", &with(creation(), &json!({"Layers": layers})))
        };
        publish(&house, "a", "UEsx");
        publish(&house, "a", "UEsy");
        refuses_parameter(
            &creating(json!([format!("{LAYER}a:1"), format!("{LAYER}a:2")])),
            &format!(
                "Two different versions of the same layer are not allowed to be referenced in the same function. \
                 {LAYER}a:1 and {LAYER}a:2"
            ),
        );
        refuses_parameter(
            &creating(json!([format!("{LAYER}z:1")])),
            &format!("Layer version {LAYER}z:1 does not exist."),
        );
        let six: Vec<String> = (0..6).map(|number| format!("{LAYER}l{number}:1")).collect();
        refuses_parameter(&creating(json!(six)), "Cannot reference more than 5 layers.");
        let shared = "/2018-10-31/layers/a/versions/1/policy";
        let grant = json!({"StatementId": "s", "Action": "lambda:GetLayerVersion", "Principal": "*"});
        assert_eq!(house.call("POST", shared, &grant.to_string()).status, 400);
        assert_eq!(house.call("GET", shared, "").status, 404);
    }

    #[test]
    fn code_and_layers_share_one_limit() {
        use stagedoor_model::{FunctionCode, FunctionLayer};
        let layer = |unpacked| FunctionLayer {
            arn: None,
            code: FunctionCode::Zip { sha256_base64: String::new(), size: 1, unpacked },
        };
        assert_eq!(super::check_size(&[layer(200_000_000), layer(62_000_000)], 144_000), Ok(()));
        let refused = super::check_size(&[layer(200_000_000), layer(62_000_000)], 144_001).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is \
             262144001 bytes."
        );
    }
}
