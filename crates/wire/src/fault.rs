//! Errors as each service prints them.
//!
//! In: a status, AWS's error code and a message. Out: a [`Reply`] with `x-amzn-ErrorType`. It must not know why.

use crate::{Invalid, Reply, Service};

/// An error that a control-plane call ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub service: Service,
    pub status: u16,
    /// AWS's name of the error, such as `NotFoundException`.
    pub code: &'static str,
    pub message: String,
    /// Which of several limits a throttled call of Lambda met.
    pub reason: Option<&'static str>,
    /// Seconds for `Retry-After`.
    pub retry_after: Option<u32>,
}

impl Fault {
    #[must_use]
    pub fn new(service: Service, status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { service, status, code, message: message.into(), reason: None, retry_after: None }
    }

    /// The same, telling when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// A request that [`crate::decode`] refused.
    #[must_use]
    pub fn invalid(service: Service, invalid: Invalid) -> Self {
        let (code, message) = match (service, invalid) {
            (Service::ApiGatewayV2 | Service::ApiGatewayManagement, invalid) => {
                ("BadRequestException", invalid.to_string())
            }
            (Service::Lambda, Invalid::Serialization(message)) => ("InvalidRequestContentException", message),
            (Service::ApiGateway, Invalid::Serialization(message)) => ("SerializationException", message),
            (Service::Iam | Service::Sts, invalid) => ("ValidationError", invalid.to_string()),
            (_, Invalid::Validation(message)) => ("ValidationException", message),
        };
        Self::new(service, 400, code, message)
    }

    /// The error as its service prints it.
    #[must_use]
    pub fn reply(&self) -> Reply {
        if self.service.is_query() {
            return crate::query::error(self.service, self.status, self.code, &self.message);
        }
        let mut headers =
            vec![("Content-Type", "application/json".to_owned()), ("x-amzn-ErrorType", self.code.to_owned())];
        headers.extend(self.retry_after.map(|seconds| ("Retry-After", seconds.to_string())));
        Reply { status: self.status, headers, body: self.body().into_bytes() }
    }

    fn body(&self) -> String {
        let message = serde_json::Value::from(self.message.as_str());
        match (self.service, self.code) {
            (Service::ApiGateway, "ValidationException" | "SerializationException") => {
                format!(r#"{{"__type":"{}","Message":{message}}}"#, self.code)
            }
            (Service::Lambda, "ValidationException") => format!(r#"{{"message":{message}}}"#),
            // The model spells this exception's message in lower case.
            (Service::Lambda, "TooManyRequestsException") => {
                let reason = self.reason.map(|reason| format!(r#""Reason":"{reason}","#)).unwrap_or_default();
                format!(r#"{{{reason}"Type":"User","message":{message}}}"#)
            }
            (_, "AccessDeniedException") => format!(r#"{{"Message":{message}}}"#),
            // Coral services print `User` for errors of the caller and `Service` for their own.
            (Service::Lambda, _) => {
                let fault = if self.status >= 500 { "Service" } else { "User" };
                format!(r#"{{"Type":"{fault}","Message":{message}}}"#)
            }
            _ => format!(r#"{{"message":{message}}}"#),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Fault {}
