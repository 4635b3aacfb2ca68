//! An operation into a method.

use stagedoor_base::ResourceId;
use stagedoor_model::{HttpMethod, Method};

use super::{AppliedMethod, Import};
use crate::node::{Entry, Node};

impl<'a> Import<'a> {
    /// Replaces the method wholly, whatever the mode.
    pub(super) fn apply_method(
        &mut self,
        id: &ResourceId,
        verb: HttpMethod,
        item: &'a Node,
        entry: &'a Entry,
    ) {
        let operation = &entry.value;
        if !operation.is_object() {
            let message = format!("The operation '{}' is not an object", entry.key);
            return self.reading.fail(entry.place, message);
        }
        if self.methods.iter().any(|known| known.resource_id == *id && known.http_method == verb) {
            let name = self.method_name(id, verb);
            return self.fail_method(entry.place, "method", &name, "Method already exists for this resource");
        }
        self.check_operation_words(operation);
        self.describe_method(id, verb, operation);
        let mut method = Method::open(verb);
        method.operation_name = self.reading.text(operation, "operationId");
        method.request_validator_id = self.validator_of(operation);
        let parameters = self.parameters(item, operation);
        let places = self.apply_parameters(&mut method, id, &parameters);
        self.apply_request_body(&mut method, id, &parameters, operation);
        self.apply_security(&mut method, operation);
        self.apply_responses(&mut method, id, operation);
        let mut applied = AppliedMethod {
            resource_id: id.clone(),
            http_method: verb,
            place: entry.place,
            parameters: places,
            integration: None,
            integration_responses: Default::default(),
        };
        method.integration = self.integration(&mut applied, operation);
        if let Some(resource) = self.tree.resources.get_mut(id) {
            resource.methods.insert(verb, method);
        }
        self.methods.push(applied);
    }
}
