//! Shapes and responses, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::constraints;
#[allow(unused_imports)]
use crate::decode::{Context, FromJson, Item, Members, Mismatch};
use crate::encode::{Element, Encode, Object, Reply, ToJson};
#[allow(unused_imports)]
use crate::{Map, Time};
#[allow(unused_imports)]
use serde_json::Value;

/// `GetConnectionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetConnectionResponse {
    pub connected_at: Option<crate::Time>,
    pub identity: Option<Identity>,
    pub last_active_at: Option<crate::Time>,
}

impl Element for GetConnectionResponse {}
impl ToJson for GetConnectionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("connectedAt", self.connected_at);
        object.put("identity", &self.identity);
        object.put_iso("lastActiveAt", self.last_active_at);
        object.close();
    }
}

impl Encode for GetConnectionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Identity` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    pub source_ip: String,
    pub user_agent: String,
}

impl Element for Identity {}
impl ToJson for Identity {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("sourceIp", &self.source_ip);
        object.put("userAgent", &self.user_agent);
        object.close();
    }
}
