//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `DeleteConnection` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteConnectionRequest {
    pub connection_id: String,
}

impl Request for DeleteConnectionRequest {
    const OPERATION: Operation = Operation::ApiGatewayManagement(Op::DeleteConnection);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { connection_id: reader.label("connectionId", "ConnectionId", &[])? })
    }
}

/// What `GetConnection` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetConnectionRequest {
    pub connection_id: String,
}

impl Request for GetConnectionRequest {
    const OPERATION: Operation = Operation::ApiGatewayManagement(Op::GetConnection);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { connection_id: reader.label("connectionId", "ConnectionId", &[])? })
    }
}

/// What `PostToConnection` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PostToConnectionRequest {
    pub data: Vec<u8>,
    pub connection_id: String,
}

impl Request for PostToConnectionRequest {
    const OPERATION: Operation = Operation::ApiGatewayManagement(Op::PostToConnection);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { data: reader.payload(), connection_id: reader.label("connectionId", "ConnectionId", &[])? })
    }
}
