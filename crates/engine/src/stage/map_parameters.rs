//! Step 6: the integration's parameters from the request.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{IntegrationPlan, ParameterMapping, Record, Target};

use super::{Input, Routed};
use crate::evaluate::Sources;
use crate::request;

/// Mapped values; missing and empty ones are left out.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: Vec<(Arc<str>, String)>,
    pub(crate) path: Vec<(Arc<str>, String)>,
}

pub(crate) fn map_parameters(
    routed: &Routed<'_>,
    input: &Input,
    record: &mut Record,
) -> Result<Parameters, Cause> {
    let mappings = match &routed.method.integration {
        IntegrationPlan::Mock(_) | IntegrationPlan::Refused(_) => return Ok(Parameters::default()),
        IntegrationPlan::Http(plan) => &plan.backend.parameters,
        IntegrationPlan::HttpProxy(plan) => &plan.parameters,
        IntegrationPlan::LambdaProxy(plan) => &plan.parameters,
    };
    request::begin_trace(record);
    let sources = Sources { record, stage: &routed.program.stage, body: &input.body, response: None };
    let mut parameters = Parameters::default();
    for mapping in mappings {
        parameters.add(mapping, &sources)?;
    }
    Ok(parameters)
}

impl Parameters {
    fn add(&mut self, mapping: &ParameterMapping, sources: &Sources<'_>) -> Result<(), Cause> {
        if let Target::Query(name) = &mapping.target {
            let values = sources.values(&mapping.source)?.into_iter().filter(|value| !value.is_empty());
            self.query.extend(values.map(|value| (Arc::clone(name), value.into_owned())));
            return Ok(());
        }
        let Some(value) = sources.value(&mapping.source)?.filter(|value| !value.is_empty()) else {
            return Ok(());
        };
        match &mapping.target {
            Target::ForbiddenHeader(name) => {
                return Err(Cause::Configuration(ConfigurationError::ForbiddenHeader(name.to_string())));
            }
            // A value that no header can hold is left out.
            Target::Header(name) => {
                self.headers.extend(
                    HeaderValue::from_bytes(value.as_bytes()).ok().map(|value| (name.clone(), value)),
                );
            }
            Target::Path(name) => self.path.push((Arc::clone(name), value.into_owned())),
            Target::Query(_) => {}
        }
        Ok(())
    }
}
