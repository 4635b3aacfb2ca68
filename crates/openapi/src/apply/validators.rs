//! Request validators and the one that methods get when they name none.

use std::collections::BTreeMap;

use stagedoor_model::RequestValidator;

use super::Import;
use crate::node::Node;

const VALIDATOR: &str = "x-amazon-apigateway-request-validator";

impl<'a> Import<'a> {
    pub(super) fn apply_validators(&mut self) {
        let known = self.tree.validators.clone();
        if self.overwrites() {
            self.tree.validators = BTreeMap::new();
        }
        let given =
            self.root.get("x-amazon-apigateway-request-validators").map(Node::entries).unwrap_or_default();
        for entry in given {
            let known = known.values().find(|validator| validator.name.as_ref() == Some(&entry.key));
            let flag = |key: &str| entry.value.get(key).and_then(Node::as_bool).unwrap_or(false);
            let validator = RequestValidator {
                id: known.map_or_else(|| self.entropy.id(6), |known| known.id.clone()),
                name: Some(entry.key.clone()),
                validate_request_body: flag("validateRequestBody"),
                validate_request_parameters: flag("validateRequestParameters"),
            };
            self.tree.validators.insert(validator.id.clone(), validator);
        }
        self.default_validator = self.named_validator(self.root);
    }

    /// The validator of an operation.
    pub(super) fn validator_of(&mut self, operation: &'a Node) -> Option<String> {
        if operation.get(VALIDATOR).is_some() {
            self.named_validator(operation)
        } else {
            self.default_validator.clone()
        }
    }

    fn named_validator(&mut self, node: &'a Node) -> Option<String> {
        let name = node.get(VALIDATOR)?;
        let text = name.scalar();
        let found = self.tree.validators.values().find(|validator| validator.name == text);
        let id = found.map(|validator| validator.id.clone());
        if id.is_none() {
            self.fail(
                name.place,
                format!("Invalid Request Validator identifier specified: {}", text.unwrap_or_default()),
            );
        }
        id
    }
}
