//! Values and map entries in the form that methods, integrations and their replies share.
//!
//! In: members and PATCH operations. Out: checked values, changed maps, or the service's refusal. It must not know which
//! entity asks.

use stagedoor_model::{Map, Templates};

use crate::ApiError;
use crate::integration::mapping::findings;
use crate::patch::{Patch, PatchOp};

/// What may be done to an entry of a map.
const ENTRY_OPS: &[PatchOp] = &[PatchOp::Add, PatchOp::Replace, PatchOp::Remove];

/// 404 for a parameter map without the entry.
pub(crate) const NO_PARAMETER: &str = "Invalid parameter name specified";
/// 404 for a model or template map without the entry.
pub(crate) const NO_CONTENT_TYPE: &str = "Content-Type specified was not found";

/// 400 naming every valid spelling, in the service's style for `HttpMethod`.
pub(crate) fn invalid_option<'a>(name: &str, options: impl Iterator<Item = &'a str>) -> ApiError {
    let options: Vec<&str> = options.collect();
    ApiError::BadRequest(format!("Invalid {name} specified. Valid options are {}", options.join(",")))
}

/// Adds, replaces or removes one entry. Removing needs the entry; replacing a missing one adds it.
pub(crate) fn patch_entry<V>(
    map: &mut Map<V>,
    key: &str,
    patch: &Patch,
    missing: &str,
    value: impl FnOnce(&Patch) -> Result<V, ApiError>,
) -> Result<(), ApiError> {
    patch.require(ENTRY_OPS)?;
    if patch.op != PatchOp::Remove {
        map.insert(key.to_owned(), value(patch)?);
        return Ok(());
    }
    map.shift_remove(key).map(drop).ok_or_else(|| ApiError::not_found(missing))
}

/// The same on a map that is absent on the wire until it has entries.
pub(crate) fn patch_optional<V>(
    map: &mut Option<Map<V>>,
    key: &str,
    patch: &Patch,
    missing: &str,
    value: impl FnOnce(&Patch) -> Result<V, ApiError>,
) -> Result<(), ApiError> {
    let mut entries = map.take().unwrap_or_default();
    patch_entry(&mut entries, key, patch, missing, value)?;
    *map = Some(entries).filter(|entries| !entries.is_empty());
    Ok(())
}

/// Replacing needs the entry too: how method responses behave.
pub(crate) fn require_entry<V>(
    map: Option<&Map<V>>,
    key: &str,
    patch: &Patch,
    missing: &str,
) -> Result<(), ApiError> {
    let known = map.is_some_and(|map| map.contains_key(key));
    if patch.op == PatchOp::Replace && !known { Err(ApiError::not_found(missing)) } else { Ok(()) }
}

/// Templates as given; `""` is the same as `null`: no template, passthrough.
pub(crate) fn templates(given: &Map<Option<String>>) -> Templates {
    given.iter().map(|(kind, text)| (kind.clone(), text.clone().filter(|text| !text.is_empty()))).collect()
}

/// A map as reads show it: absent when empty.
pub(crate) fn filled<V: Clone>(map: &Map<V>) -> Option<Map<V>> {
    (!map.is_empty()).then(|| map.clone())
}

/// Checks the media types and sizes of templates.
pub(crate) fn check_templates(templates: &Templates, limit: usize) -> Result<(), ApiError> {
    let bad = templates.keys().filter(|kind| !is_content_type(kind));
    let errors: Vec<String> = bad.map(|kind| format!("Invalid content type specified: {kind}")).collect();
    if !errors.is_empty() {
        return Err(ApiError::BadRequest(findings(&errors)));
    }
    if templates.values().flatten().any(|template| template.len() > limit) {
        return Err(ApiError::BadRequest(format!("Mapping template must not be larger than {limit} bytes")));
    }
    Ok(())
}

// `$default` is the key of the template for every other media type.
fn is_content_type(text: &str) -> bool {
    let Some((kind, subtype)) = text.split_once('/') else { return text == "$default" };
    let filled = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_control() || c == '/');
    filled(kind) && filled(subtype)
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{Map, Templates};

    use super::{check_templates, patch_entry, patch_optional};
    use crate::ApiError;
    use crate::patch::Patch;

    fn patch(op: &str) -> Patch {
        Patch::new(Some(op), Some("/x".to_owned()), Some("v".to_owned()), None)
    }

    #[test]
    fn entries_are_added_replaced_and_removed() {
        let mut map: Map<String> = Map::new();
        for op in ["add", "replace"] {
            patch_entry(&mut map, "k", &patch(op), "gone", |p| Ok(p.text().unwrap_or_default())).unwrap();
            assert_eq!(map.get("k").map(String::as_str), Some("v"), "{op}");
        }
        patch_entry(&mut map, "k", &patch("remove"), "gone", |_| Ok(String::new())).unwrap();
        let again = patch_entry(&mut map, "k", &patch("remove"), "gone", |_| Ok(String::new()));
        assert_eq!(again, Err(ApiError::not_found("gone")));
        let moved = patch_entry(&mut map, "k", &patch("move"), "gone", |_| Ok(String::new()));
        assert_eq!(
            moved,
            Err(ApiError::bad_request(
                "Invalid patch operation specified. Must be one of: [add, replace, remove]"
            ))
        );
    }

    #[test]
    fn the_last_removal_makes_a_map_absent() {
        let mut map = Some([("k".to_owned(), true)].into_iter().collect());
        patch_optional(&mut map, "k", &patch("remove"), "gone", |_| Ok(true)).unwrap();
        assert_eq!(map, None);
    }

    #[test]
    fn template_keys_are_media_types() {
        let check = |key: &str, template: &str, expected: Option<&str>| {
            let map: Templates = [(key.to_owned(), Some(template.to_owned()))].into_iter().collect();
            assert_eq!(check_templates(&map, 4).err(), expected.map(ApiError::bad_request), "{key}");
        };
        check("application/json", "", None);
        check("$default", "", None);
        check("application/json; charset=utf-8", "", None);
        check(
            "123",
            "",
            Some("Validation Result: warnings : [], errors : [Invalid content type specified: 123]"),
        );
        check("application/json", "12345", Some("Mapping template must not be larger than 4 bytes"));
    }
}
