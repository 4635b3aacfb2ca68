//! Request validators: which parameters a method requires, and the schemas of its models, each compiled once.

use std::collections::HashMap;
use std::sync::Arc;

use http::HeaderName;
use stagedoor_json::{Schema, Value, parse};
use stagedoor_model::{ApiTree, Method};

use super::Compiler;
use crate::validator::{BodyModel, ParameterPlace, RequiredParameter, Validator};

/// The schemas of an API's models as far as validators ask for them.
#[derive(Debug, Default)]
pub(super) struct Schemas(HashMap<String, Result<Arc<Schema>, String>>);

impl Schemas {
    fn of(&mut self, name: &str, tree: &ApiTree) -> Result<Arc<Schema>, String> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let schema = compiled(name, tree);
        self.0.insert(name.to_owned(), schema.clone());
        schema
    }
}

fn compiled(name: &str, tree: &ApiTree) -> Result<Arc<Schema>, String> {
    let text = tree.models.get(name).and_then(|model| model.schema.as_deref());
    let text = text.ok_or_else(|| format!("there is no model {name}"))?;
    let schema = parse(text).map_err(|error| format!("the model {name} is no JSON: {error}"))?;
    let models = |url: &str| referred(url, tree);
    let schema = Schema::compile(Arc::new(schema), &models);
    schema.map(Arc::new).map_err(|error| format!("the model {name} cannot be compiled: {error}"))
}

/// The model that a URL means; models of other APIs are out of reach.
fn referred(url: &str, tree: &ApiTree) -> Option<Arc<Value>> {
    let path = url.strip_prefix("https://apigateway.")?.split_once("amazonaws.com/restapis/")?.1;
    let (api, name) = path.split_once("/models/")?;
    let model = tree.models.get(name).filter(|_| api == tree.api.id.as_str())?;
    parse(model.schema.as_deref()?).ok().map(Arc::new)
}

impl Compiler<'_> {
    /// What a method validates; none when there is nothing that a request could miss.
    pub(super) fn validator(&mut self, method: &Method) -> Option<Box<Validator>> {
        let id = method.request_validator_id.as_ref()?;
        let Some(validator) = self.tree.validators.get(id) else {
            let reason = self.refuse(format!("request validator {id} does not exist"));
            // Which checks it would do is not known: no body passes.
            let models = [("$default".into(), BodyModel::Broken(reason))].into();
            return Some(Box::new(Validator { models, ..Validator::default() }));
        };
        let (parameters, body) = (validator.validate_request_parameters, validator.validate_request_body);
        let validator = Validator {
            required: if parameters { required(method) } else { Box::default() },
            models: if body { self.models(method) } else { Box::default() },
        };
        (!validator.required.is_empty() || !validator.models.is_empty()).then(|| Box::new(validator))
    }

    fn models(&mut self, method: &Method) -> Box<[(Box<str>, BodyModel)]> {
        let models = method.request_models.iter();
        models.map(|(content_type, name)| (content_type.as_str().into(), self.model(name))).collect()
    }

    fn model(&mut self, name: &str) -> BodyModel {
        match self.schemas.of(name, self.tree) {
            Ok(schema) => BodyModel::Schema(schema),
            Err(reason) => BodyModel::Broken(self.refuse(reason)),
        }
    }
}

fn required(method: &Method) -> Box<[RequiredParameter]> {
    let required = method.request_parameters.iter().filter(|(_, required)| **required);
    required.filter_map(|(mapping, _)| parameter(mapping)).collect()
}

/// `method.request.{place}.{name}`.
fn parameter(mapping: &str) -> Option<RequiredParameter> {
    let (place, name) = mapping.strip_prefix("method.request.")?.split_once('.')?;
    let place = match place {
        "path" => ParameterPlace::Path,
        "querystring" | "multivaluequerystring" => ParameterPlace::QueryString,
        "header" | "multivalueheader" => ParameterPlace::Header(HeaderName::from_bytes(name.as_bytes()).ok()),
        _ => return None,
    };
    Some(RequiredParameter { name: name.into(), place })
}
