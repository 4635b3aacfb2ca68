//! The policy language by tables: documents, statements, conditions, the combination of policies; and against another
//! implementation.

#![allow(clippy::unwrap_used, reason = "tests")]

mod combination;
mod conditions;

mod differential;
mod documents;
mod statements;

use stagedoor_auth::policy::{Aws, AwsIdentity, Principal};
use stagedoor_base::Timestamp;

pub(crate) const USER: Principal<'static> = Principal::Aws(Aws {
    account: "111111111111",
    arn: "arn:aws:iam::111111111111:user/team/ann",
    identity: AwsIdentity::User { name: "ann" },
    user_id: "AIDAEXAMPLEEXAMPLE01",
    tags: &[],
    issued: None,
});

pub(crate) const SESSION: Principal<'static> = Principal::Aws(Aws {
    account: "111111111111",
    arn: "arn:aws:sts::111111111111:assumed-role/reader/job",
    identity: AwsIdentity::Session { role_arn: "arn:aws:iam::111111111111:role/team/reader" },
    user_id: "AROAEXAMPLEEXAMPLE01:job",
    tags: &[],
    issued: Some(Timestamp(1_000_000)),
});

pub(crate) const ROOT: Principal<'static> = Principal::Aws(Aws {
    account: "111111111111",
    arn: "arn:aws:iam::111111111111:root",
    identity: AwsIdentity::Root,
    user_id: "111111111111",
    tags: &[],
    issued: None,
});
