//! Customised gateway responses.

use stagedoor_model::{GatewayResponse, GatewayResponseType, Map};

use super::Import;
use crate::node::{Entry, Node};

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
        let built_in = GatewayResponse::built_in(response_type);
        let templates = texts(entry.value.get("responseTemplates"));
        GatewayResponse {
            status: code.and_then(|code| u16::try_from(code).ok()),
            parameters: texts(entry.value.get("responseParameters")),
            templates: if templates.is_empty() { built_in.templates } else { templates },
            response_type,
        }
    }
}

fn texts(node: Option<&Node>) -> Map<String> {
    let entries = node.map(Node::entries).unwrap_or_default().iter();
    entries.filter_map(|entry| Some((entry.key.clone(), entry.value.scalar()?))).collect()
}
