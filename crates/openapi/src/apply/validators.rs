//! Request validators and the one that methods get when they name none.

use std::collections::BTreeMap;

use stagedoor_model::RequestValidator;

use super::Import;
use crate::node::{Entry, Node};

const VALIDATORS: &str = "x-amazon-apigateway-request-validators";
const VALIDATOR: &str = "x-amazon-apigateway-request-validator";
const BODY: &str = "validateRequestBody";
const PARAMETERS: &str = "validateRequestParameters";

impl<'a> Import<'a> {
    pub(super) fn apply_validators(&mut self) {
        let known = self.tree.validators.clone();
        if self.overwrites() {
            self.tree.validators = BTreeMap::new();
        }
        for entry in self.reading.entries(self.root(), VALIDATORS) {
            if self.reading.is_object(&entry.value) {
                let known = known.values().find(|validator| validator.name.as_ref() == Some(&entry.key));
                let validator = self.validator(known.map(|known| known.id.clone()), entry);
                self.tree.validators.insert(validator.id.clone(), validator);
            }
        }
        self.default_validator = self.named_validator(self.root());
    }

    fn validator(&mut self, id: Option<String>, entry: &'a Entry) -> RequestValidator {
        for word in entry.value.entries().iter().filter(|word| word.key != BODY && word.key != PARAMETERS) {
            let message = format!("Ignoring '{}' of the request validator '{}'", word.key, entry.key);
            self.reading.warn(word.place, message);
        }
        RequestValidator {
            id: id.unwrap_or_else(|| self.entropy.id(6)),
            name: Some(entry.key.clone()),
            validate_request_body: self.reading.flag(&entry.value, BODY).unwrap_or(false),
            validate_request_parameters: self.reading.flag(&entry.value, PARAMETERS).unwrap_or(false),
        }
    }

    /// The validator of an operation.
    pub(super) fn validator_of(&mut self, operation: &'a Node) -> Option<String> {
        if operation.entry(VALIDATOR).is_some() {
            self.named_validator(operation)
        } else {
            self.default_validator.clone()
        }
    }

    fn named_validator(&mut self, node: &'a Node) -> Option<String> {
        let (place, name) = self.reading.placed(node, VALIDATOR)?;
        let found = self.tree.validators.values().find(|validator| validator.name.as_ref() == Some(&name));
        let id = found.map(|validator| validator.id.clone());
        if id.is_none() {
            self.reading.fail(place, format!("Invalid Request Validator identifier specified: {name}"));
        }
        id
    }
}
