//! What each kind of integration sends and what it makes of the answer. No effects here: requests go out and answers
//! come in through the pipeline's `integrate` step.

pub(crate) mod aws;
mod backend;
pub(crate) mod event;
pub(crate) mod http;
pub(crate) mod http_proxy;
mod in_name;
pub(crate) mod lambda_custom;
pub(crate) mod lambda_proxy;
pub(crate) mod mock;
mod proxy_reply;
pub(crate) mod service_reply;
pub(crate) mod streamed;
pub(crate) mod uri_value;
