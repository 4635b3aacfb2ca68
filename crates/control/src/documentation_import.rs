//! ImportDocumentationParts: the documentation parts that a document lists.
//!
//! In: a document. Out: the parts' ids, or everything that is wrong with the document. Reading documents is `openapi`'s
//! business.

use std::collections::BTreeMap;

use stagedoor_model::{ApiTree, DocumentationLocation, DocumentationPart};
use stagedoor_openapi::{Document, ExtractedPart, documentation_parts, parse};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::filled_list;
use crate::documentation_part::check_total;

/// `ImportDocumentationParts`: to merge, a part about an element that is documented takes that part's place and keeps its
/// id; to overwrite, all parts of before are gone.
pub(crate) fn import_documentation_parts(
    ctx: &Context,
    request: wire::ImportDocumentationPartsRequest,
) -> Result<wire::DocumentationPartIds, ApiError> {
    let api = &request.rest_api_id;
    let (parts, warnings) = extract(&request.body)?;
    if request.fail_on_warnings == Some(true) && !warnings.is_empty() {
        return Err(findings("Warnings", warnings.iter()));
    }
    let overwrite = request.mode.as_deref() == Some("overwrite");
    ctx.edit_api(
        api,
        || ctx.unknown_api(api),
        |tree| {
            if overwrite {
                tree.documentation_parts.clear();
            }
            let ids = put(ctx, tree, &parts);
            check_total(ctx, tree.documentation_parts.len())?;
            Ok(wire::DocumentationPartIds { ids: Some(ids), warnings: filled_list(&warnings) })
        },
    )
}

/// The parts, and the texts of warnings. The service has one sentence for whatever it cannot read.
fn extract(body: &[u8]) -> Result<(Vec<ExtractedPart>, Vec<String>), ApiError> {
    let unreadable = |_| ApiError::bad_request("Unable to build importer with provided input.");
    let document: Document = parse(body, "body").map_err(unreadable)?;
    match documentation_parts(&document) {
        Ok((parts, warnings)) => Ok((parts, warnings.into_iter().map(|warning| warning.message).collect())),
        Err(errors) => Err(findings("Errors", errors.iter().map(|error| &error.message))),
    }
}

fn findings<'a>(kind: &str, messages: impl Iterator<Item = &'a String>) -> ApiError {
    let lines: String = messages.map(|message| format!("\n\t{message}")).collect();
    ApiError::BadRequest(format!("{kind} found during import:{lines}"))
}

/// The ids of the parts in the document's order.
fn put(ctx: &Context, tree: &mut ApiTree, parts: &[ExtractedPart]) -> Vec<String> {
    let stored = &mut tree.documentation_parts;
    let known: BTreeMap<DocumentationLocation, String> =
        stored.values().map(|part| (part.location.explicit(), part.id.clone())).collect();
    let mut put_one = |part: &ExtractedPart| {
        let fresh = || ctx.new_id_unlike(6, |id| stored.contains_key(id));
        let id = known.get(&part.location).cloned().unwrap_or_else(fresh);
        let (location, properties) = (part.location.clone(), part.properties.clone());
        stored.insert(id.clone(), DocumentationPart { id: id.clone(), location, properties });
        id
    };
    parts.iter().map(&mut put_one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::House;

    fn document(parts: &Value) -> String {
        json!({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {},
            "x-amazon-apigateway-documentation": {"documentationParts": parts}})
        .to_string()
    }

    fn part(location: &Value, text: &str) -> Value {
        json!({"location": location, "properties": {"description": text}})
    }

    struct Place {
        house: House,
        list: String,
    }

    impl Place {
        fn new() -> Self {
            let (house, api) = House::with_api();
            Self { house, list: format!("/restapis/{api}/documentation/parts") }
        }

        fn import(&self, query: &str, parts: &Value) -> Vec<String> {
            let answer = self.house.call("PUT", &format!("{}?{query}", self.list), &document(parts));
            assert_eq!(answer.status, 200, "{}", answer.body);
            let ids: Value = serde_json::from_str(&answer.body).unwrap();
            serde_json::from_value(ids["ids"].clone()).unwrap()
        }

        fn stored(&self) -> Vec<(String, Value)> {
            let answer = self.house.call("GET", &self.list, "");
            let list: Value = serde_json::from_str(&answer.body).unwrap();
            let items = list["item"].as_array().unwrap().iter();
            items
                .map(|item| (item["properties"].as_str().unwrap().to_owned(), item["location"].clone()))
                .collect()
        }
    }

    #[test]
    fn imported_locations_are_written_out() {
        let place = Place::new();
        let ids = place.import(
            "",
            &json!([part(&json!({"type": "METHOD"}), "all"), part(&json!({"type": "API"}), "api")]),
        );
        assert_eq!(ids.len(), 2);
        let properties = |text: &str| format!(r#"{{"description":"{text}"}}"#);
        assert_eq!(
            place.stored(),
            [
                (properties("api"), json!({"type": "API"})),
                (properties("all"), json!({"type": "METHOD", "path": "/", "method": "*"})),
            ]
        );
    }

    #[test]
    fn merging_keeps_ids_and_overwriting_does_not() {
        let place = Place::new();
        let (api, model) = (json!({"type": "API"}), json!({"type": "MODEL", "name": "Pet"}));
        let first = place.import("mode=overwrite", &json!([part(&api, "one"), part(&model, "pet")]));
        let merged = place.import("mode=merge", &json!([part(&api, "two")]));
        assert_eq!(merged, first[..1]);
        assert_eq!(place.stored().len(), 2);
        let overwritten = place.import("mode=overwrite", &json!([part(&api, "three")]));
        assert_ne!(overwritten, merged);
        assert_eq!(place.stored().len(), 1);
    }

    #[test]
    fn warnings_are_told_or_fail_the_import() {
        let place = Place::new();
        let odd = document(&json!([part(&json!({"type": "API", "colour": "red"}), "api")]));
        let text = "Ignoring 'colour' of a documentation part's location";
        place.house.refuses_bad(
            ("PUT", &format!("{}?failonwarnings=true", place.list), &odd),
            &format!("Warnings found during import:\n\t{text}"),
        );
        assert!(place.stored().is_empty());
        assert_eq!(place.house.call("PUT", &place.list, &odd).text("/warnings/0"), text);
        assert_eq!(place.stored().len(), 1);
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let place = Place::new();
        for body in ["", "{", "no document", "[]"] {
            place
                .house
                .refuses_bad(("PUT", &place.list, body), "Unable to build importer with provided input.");
        }
        let broken = document(&json!([{"location": {"type": "MODEL"}, "properties": {}}]));
        let answer = place.house.call("PUT", &place.list, &broken);
        assert_eq!(answer.status, 400);
        assert!(answer.message().starts_with("Errors found during import:\n\t"), "{}", answer.body);
        place.house.finds_nothing(
            ("PUT", "/restapis/nosuchapi1/documentation/parts", &document(&json!([]))),
            "Invalid API identifier specified 000000000000:nosuchapi1",
        );
    }
}
