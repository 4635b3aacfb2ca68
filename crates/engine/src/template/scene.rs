//! The call that a template sees. Template objects live as long as the template's values do, so the record is lent to them
//! and taken back at the end.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::time::Duration;

use http::Method;
use http::uri::{PathAndQuery, Scheme};
use stagedoor_base::Timestamp;
use stagedoor_program::{Head, HeaderList, Listener, Record, RequestId};

/// A record that template objects share.
#[derive(Debug)]
pub(super) struct Scene {
    /// None once the record is taken back.
    record: RefCell<Option<Record>>,
}

impl Scene {
    pub(super) fn of(record: Record) -> Self {
        Self { record: RefCell::new(Some(record)) }
    }

    /// Something about the call.
    pub(super) fn read<T>(&self, what: impl FnOnce(&Record) -> Option<T>) -> Option<T> {
        self.record.borrow().as_ref().and_then(what)
    }
}

/// A record on loan; it is back in its place when this goes out of scope, in whatever way.
pub(super) struct Lent<'r> {
    home: &'r mut Record,
    scene: Rc<Scene>,
}

/// Lends a record to template objects.
pub(super) fn lend(record: &mut Record) -> Lent<'_> {
    let lent = std::mem::replace(record, nobody());
    Lent { home: record, scene: Rc::new(Scene::of(lent)) }
}

impl Lent<'_> {
    pub(super) fn scene(&self) -> &Rc<Scene> {
        &self.scene
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Ok(mut lent) = self.scene.record.try_borrow_mut()
            && let Some(record) = lent.take()
        {
            *self.home = record;
        }
    }
}

/// What stands in the place of a lent record.
fn nobody() -> Record {
    let head = Head {
        method: Method::GET,
        target: PathAndQuery::from_static("/"),
        path_start: 0,
        context_start: None,
        headers: HeaderList::default(),
        spelling: None,
        peer: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        listener: Listener { scheme: Scheme::HTTP, port: 0 },
        received: Timestamp(0),
        started: Duration::ZERO,
    };
    Record::open(head, None, RequestId { text: [b'0'; 36], replaced: false }, [b'='; 16])
}

/// A copy of what templates may read, for another thread.
pub(super) fn detached(record: &Record) -> Record {
    let copy = Record::open(
        record.head.clone(),
        record.program.clone(),
        record.request_id,
        record.extended_request_id,
    );
    Record {
        route: record.route.clone(),
        caller: record.caller.clone(),
        trace_id: record.trace_id.clone(),
        integration: record.integration.clone(),
        overrides: record.overrides.clone(),
        ..copy
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    use super::{lend, nobody};

    #[test]
    fn a_record_comes_home_whatever_happens() {
        let mut record = nobody();
        record.status = 7;
        let kept = Rc::clone(lend(&mut record).scene());
        assert_eq!((record.status, kept.read(|_| Some(()))), (7, None));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let lent = lend(&mut record);
            assert_eq!(lent.scene().read(|record| Some(record.status)), Some(7));
            panic!("in a template");
        }));
        assert!(ended.is_err());
        assert_eq!(record.status, 7);
    }
}
