//! Events are kept from the moment they are accepted until they are removed.

use stagedoor_base::{FunctionArn, Timestamp};
use stagedoor_store::{Event, EventId, PendingEvent, Store};

fn event(payload: &str) -> Event {
    Event {
        function: FunctionArn::parse("arn:aws:lambda:eu-west-1:000000000000:function:hello:live").unwrap(),
        request_id: format!("request-{payload}"),
        trace_id: Some("Root=1".to_owned()),
        client_context: Some("{}".to_owned()),
        payload: payload.as_bytes().to_vec(),
        accepted: Timestamp(1_795_352_155_042),
        failures: 0,
        attempts: 0,
    }
}

#[test]
fn events_wait_in_their_order_across_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let ids: Vec<EventId> =
        ["1", "22", "333"].iter().map(|payload| store.accept_event(&event(payload)).unwrap()).collect();
    store.remove_event(ids[1]).unwrap();
    let tried = Event { failures: 1, attempts: 4, ..event("1") };
    store.postpone_event(ids[0], &tried, Timestamp(1_795_352_999_000)).unwrap();
    drop(store);

    let store = Store::open(directory.path()).unwrap();
    let pending = |id, due, bytes| PendingEvent { id, due: Timestamp(due), bytes };
    assert_eq!(
        store.pending_events().unwrap(),
        [pending(ids[0], 1_795_352_999_000, 1), pending(ids[2], 1_795_352_155_042, 3)]
    );
    assert_eq!(store.event(ids[0]).unwrap(), Some(tried));
    assert_eq!(store.event(ids[1]).unwrap(), None);
    assert_eq!(store.event(ids[2]).unwrap(), Some(event("333")));
}

#[test]
fn an_id_is_not_used_twice() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let first = store.accept_event(&event("1")).unwrap();
    store.remove_event(first).unwrap();
    assert!(store.accept_event(&event("2")).unwrap() > first);
    store.clear_events().unwrap();
    assert_eq!(store.pending_events().unwrap(), []);
    assert_eq!(store.revision().unwrap().0, 0, "events are no revisions");
}
