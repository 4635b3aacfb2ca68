//! Customised gateway responses.

use stagedoor_model::{GatewayResponse, GatewayResponseType, Map};

use super::Import;
use crate::node::{Entry, Node};

/// What a customisation without templates answers.
const DEFAULT_TEMPLATE: &str = "{\"message\":$context.error.messageString}";

impl Import<'_> {
    pub(super) fn apply_gateway_responses(&mut self) {
        let given =
            self.root.get("x-amazon-apigateway-gateway-responses").map(Node::entries).unwrap_or_default();
        for entry in given {
            let Some(response_type) = GatewayResponseType::parse(&entry.key) else {
                self.fail(entry.place, format!("Invalid gateway response type specified: {}", entry.key));
                continue;
            };
            let response = self.gateway_response(response_type, entry);
            self.tree.gateway_responses.insert(response_type, response);
        }
    }

    fn gateway_response(&mut self, response_type: GatewayResponseType, entry: &Entry) -> GatewayResponse {
        let status = entry.value.get("statusCode");
        let code = status.and_then(Node::as_u64).filter(|code| (100..600).contains(code));
        if let (Some(status), None) = (status, code) {
            self.fail(status.place, format!("Invalid status code of gateway response {response_type}"));
        }
        let mut templates = texts(entry.value.get("responseTemplates"));
        if templates.is_empty() {
            templates.insert("application/json".to_owned(), DEFAULT_TEMPLATE.to_owned());
        }
        let code = code.and_then(|code| u16::try_from(code).ok());
        GatewayResponse {
            response_type,
            status: code.or(response_type.default_status()),
            parameters: texts(entry.value.get("responseParameters")),
            templates,
        }
    }
}

fn texts(node: Option<&Node>) -> Map<String> {
    let entries = node.map(Node::entries).unwrap_or_default().iter();
    entries.filter_map(|entry| Some((entry.key.clone(), entry.value.scalar()?))).collect()
}
