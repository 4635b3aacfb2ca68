//! What a document would become.
//!
//! In: a document's bytes. Out: the API that an import of it would make, or everything that is wrong with it, each finding
//! with its place. Nothing is stored.

use stagedoor_base::{ApiId, Scope};
use stagedoor_model::ApiTree;
use stagedoor_openapi::{Diagnostic, Mode, parse};

use crate::context::{Context, Origin};
use crate::import::{self, Parameters};
use crate::{Control, DeclareError, Source};

/// An API that is not stored.
#[derive(Debug, Clone)]
pub struct Preview {
    pub tree: ApiTree,
    /// What the import would leave out.
    pub warnings: Vec<Diagnostic>,
}

impl Control {
    /// Applies a document to an empty API called `id`, by the rules of imports, and of deployments if one is to follow. The
    /// file's name serves findings only.
    ///
    /// # Errors
    /// [`DeclareError`] with everything that is wrong with the document.
    pub async fn preview(
        &self,
        scope: Scope,
        id: ApiId,
        file_name: String,
        document: Vec<u8>,
        deploys: bool,
    ) -> Result<Preview, DeclareError> {
        let made = self.on_blocking_thread(scope, Origin::Call(Source::INSIDE), move |ctx| {
            preview(ctx, id, &file_name, &document, deploys)
        });
        made.await.map_err(|error| DeclareError::Store(error.to_string()))?
    }
}

fn preview(
    ctx: &Context,
    id: ApiId,
    file_name: &str,
    document: &[u8],
    deploys: bool,
) -> Result<Preview, DeclareError> {
    let parameters = if deploys { Parameters::deploying() } else { Parameters::of_file() };
    let document = parse(document, file_name).map_err(DeclareError::Document)?;
    let mut tree = import::new_tree(ctx, id);
    let warnings = import::apply(ctx, &document, &mut tree, &parameters, Mode::Overwrite)
        .map_err(DeclareError::Document)?;
    Ok(Preview { tree, warnings })
}

#[cfg(test)]
mod tests {
    use stagedoor_model::HttpMethod;

    use crate::testing::{House, scope};
    use crate::{DeclareError, Preview};

    fn preview(house: &House, document: &str) -> Result<Preview, DeclareError> {
        let document = document.as_bytes().to_vec();
        house.block_on(house.control.preview(scope(), "shop".into(), "api.yaml".to_owned(), document, true))
    }

    const SHOP: &str = "openapi: 3.0.1\ninfo: {title: shop, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {}\n      \
                        x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: 'http://a'}\n";

    #[test]
    fn nothing_is_stored() {
        let house = House::new();
        let made = preview(&house, SHOP).unwrap();
        assert_eq!((made.tree.api.name.as_str(), made.tree.api.id.as_str()), ("shop", "shop"));
        assert!(made.tree.resource_at("/a").is_some_and(|it| it.methods.contains_key(&HttpMethod::Get)));
        house.check(("GET", "/restapis", ""), 200, r#"{"item":[]}"#);
    }

    #[test]
    fn the_rules_of_the_single_operations_hold_with_a_place() {
        let house = House::new();
        let refused = preview(&house, &SHOP.replace("http://a", "nonsense")).unwrap_err();
        let DeclareError::Document(findings) = refused else { panic!("{refused}") };
        assert_eq!((findings[0].file.as_str(), findings[0].line > 1), ("api.yaml", true), "{findings:?}");
        assert!(findings[0].message.contains("Invalid HTTP endpoint specified for URI"), "{findings:?}");
    }

    #[test]
    fn templates_of_files_must_parse_and_those_of_calls_need_not() {
        let house = House::new();
        let broken = SHOP.replace("uri:", "requestTemplates: {a/b: 'ä #if($x)'}, uri:");
        let refused = preview(&house, &broken).unwrap_err();
        let DeclareError::Document(findings) = refused else { panic!("{refused}") };
        assert_eq!((findings.len(), findings[0].line, findings[0].column), (1, 7, 97), "{findings:?}");
        assert!(findings[0].message.ends_with("'a/b' does not parse: '#if' has no '#end'"), "{findings:?}");
        let taken = house.call("POST", "/restapis?mode=import", &broken);
        assert_eq!(taken.status, 201, "{}", taken.body);
        let put = format!("/restapis/{}?mode=overwrite", taken.text("/id"));
        assert_eq!(house.call("PUT", &put, &broken).status, 200);
    }

    #[test]
    fn parameters_that_no_method_can_have_are_found_where_they_stand() {
        let house = House::new();
        let parameters = "responses: {}\n      parameters:\n      - {name: a, in: query}\n      - {name: 'b[]', in: query}\n";
        let refused = preview(&house, &SHOP.replace("responses: {}\n", parameters)).unwrap_err();
        let DeclareError::Document(findings) = refused else { panic!("{refused}") };
        assert_eq!((findings[0].line, findings[0].column), (9, 9), "{findings:?}");
        assert!(findings[0].message.contains("Invalid mapping expression specified"), "{findings:?}");
    }
}
