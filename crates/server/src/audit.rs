//! The audit log: one line of JSON for each control call, with CloudTrail's names of fields.
//!
//! In: events of the control plane. Out: lines in a file or on stdout, each written before its call is answered. It must
//! not know what an operation does.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use serde::Serialize;
use stagedoor_control::{Audit, AuditEvent};

use crate::config::AccessLogTarget;

/// Opens the log. A line that cannot be written is said on stderr: the call was made all the same.
///
/// # Errors
/// When the file cannot be opened for appending.
pub(crate) fn open(target: &AccessLogTarget) -> Result<Audit> {
    let writer: Box<dyn Write + Send> = match target {
        AccessLogTarget::Off => return Ok(Arc::new(|_| ())),
        AccessLogTarget::Stdout => Box::new(io::stdout()),
        AccessLogTarget::File(path) => {
            Box::new(appending(path).with_context(|| format!("audit log {}", path.display()))?)
        }
    };
    let writer = Mutex::new(writer);
    Ok(Arc::new(move |event| {
        let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writer.write_all(&line(event)).and_then(|()| writer.flush()) {
            tracing::error!("a line of the audit log is lost: {error}");
        }
    }))
}

fn appending(path: &std::path::Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    event_time: String,
    event_source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aws_region: Option<&'a str>,
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_identity: Option<Identity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    #[serde(rename = "requestID")]
    request_id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    arn: &'a str,
    account_id: &'a str,
    access_key_id: &'a str,
}

fn line(event: &AuditEvent) -> Vec<u8> {
    let line = Line {
        event_time: event.time.lambda(),
        event_source: event.event_source,
        event_name: event.operation,
        aws_region: event.caller.as_ref().map(|caller| caller.scope.region.as_str()),
        source_ip_address: event.source.address.to_string(),
        user_agent: event.user_agent.as_deref(),
        user_identity: event.caller.as_ref().map(|caller| Identity {
            arn: &caller.principal,
            account_id: caller.scope.account.as_str(),
            access_key_id: &caller.access_key,
        }),
        resource: event.resource.as_deref(),
        status: event.status,
        error_code: event.error.as_deref(),
        error_message: event.message.as_deref(),
        request_id: &event.request_id,
    };
    // Texts and numbers only: it cannot fail.
    let mut text = serde_json::to_vec(&line).unwrap_or_default();
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use stagedoor_base::{AccountId, Region, Scope, Timestamp};
    use stagedoor_control::{AuditCaller, AuditEvent, Source};

    use super::{line, open};
    use crate::config::AccessLogTarget;

    fn event() -> AuditEvent {
        AuditEvent {
            time: Timestamp(1_700_000_000_000),
            request_id: "r-1".to_owned(),
            source: Source::INSIDE,
            user_agent: Some("aws-cli/2\n".to_owned()),
            caller: Some(AuditCaller {
                scope: Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") },
                principal: "arn:aws:iam::111122223333:user/ann".to_owned(),
                access_key: "AKIAEXAMPLE".to_owned(),
            }),
            event_source: "apigateway.amazonaws.com",
            operation: Some("GetRestApis"),
            resource: Some("arn:aws:apigateway:eu-west-1::/restapis".to_owned()),
            status: 200,
            error: None,
            message: None,
        }
    }

    #[test]
    fn a_line_says_who_did_what_from_where() {
        let expected = concat!(
            r#"{"eventTime":"2023-11-14T22:13:20.000+0000","eventSource":"apigateway.amazonaws.com","#,
            r#""eventName":"GetRestApis","awsRegion":"eu-west-1","sourceIPAddress":"127.0.0.1","userAgent":"aws-cli/2\n","#,
            r#""userIdentity":{"arn":"arn:aws:iam::111122223333:user/ann","accountId":"111122223333","#,
            r#""accessKeyId":"AKIAEXAMPLE"},"resource":"arn:aws:apigateway:eu-west-1::/restapis","status":200,"#,
            r#""requestID":"r-1"}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(line(&event())).unwrap(), expected);
    }

    #[test]
    fn refused_calls_name_nobody_and_the_reason() {
        let message = Some("denied".to_owned());
        let event = AuditEvent {
            caller: None,
            status: 403,
            error: Some("AccessDenied".to_owned()),
            message,
            ..event()
        };
        let text = String::from_utf8(line(&event)).unwrap();
        assert!(!text.contains("userIdentity") && !text.contains("awsRegion"), "{text}");
        assert!(
            text.contains(r#""status":403,"errorCode":"AccessDenied","errorMessage":"denied""#),
            "{text}"
        );
    }

    #[test]
    fn lines_are_appended_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.log");
        for _ in 0..2 {
            open(&AccessLogTarget::File(path.clone())).unwrap()(&event());
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 2);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(open(&AccessLogTarget::File(folder.path().join("no/such/folder"))).is_err());
    }
}
