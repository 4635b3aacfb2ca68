//! Names to addresses: asked once at a time, remembered for a short while, and longer while nobody answers.
//!
//! In: host names. Out: addresses, and a sign by which connections learn that theirs is no longer one. Names that
//! connections use are asked for again in the background, so that calls rarely wait for a look-up.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use stagedoor_engine::BoxFuture;
use tokio::time::Instant;

/// Names remembered per core.
const MAX_NAMES: usize = 1024;
/// How long an answer is used without asking again.
const FRESH: Duration = Duration::from_secs(30);
/// How long an answer is used when asking again fails.
const KEPT: Duration = Duration::from_secs(600);
/// How long a failure is the answer.
const FAILED: Duration = Duration::from_secs(2);
/// How long a call that has an old answer waits for a new one.
const PATIENCE: Duration = Duration::from_secs(1);

type Resolve = dyn Fn(String) -> BoxFuture<std::io::Result<Vec<IpAddr>>> + Send + Sync;

/// Who knows the addresses of names.
#[derive(Clone)]
pub(crate) struct Resolver(pub(super) Arc<Resolve>);

impl fmt::Debug for Resolver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Resolver")
    }
}

impl Resolver {
    /// The machine's own, which knows /etc/hosts and search domains.
    pub(crate) fn of_the_machine() -> Self {
        Self(Arc::new(|host| {
            Box::pin(async move {
                let found = tokio::net::lookup_host((host, 0)).await?;
                Ok(found.map(|found: SocketAddr| found.ip()).collect())
            })
        }))
    }
}

/// The addresses of one core's backends.
#[derive(Debug)]
pub(crate) struct Cache {
    resolver: Resolver,
    names: Mutex<HashMap<String, Arc<Name>>>,
}

/// What is known of one name.
#[derive(Debug)]
pub(crate) struct Name {
    host: String,
    /// Held by the look-up that is under way.
    flight: Arc<tokio::sync::Mutex<()>>,
    known: Mutex<Known>,
    /// Counts the changes.
    version: AtomicU32,
}

#[derive(Debug, Default)]
struct Known {
    good: Option<(Instant, Arc<[IpAddr]>)>,
    /// Why the last look-up failed, if it did.
    failure: Option<(Instant, String)>,
}

/// Addresses, and the name by which they were found.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) addresses: Arc<[IpAddr]>,
    pub(crate) name: Option<Arc<Name>>,
}

/// The address of one connection, and whether it still is its backend's.
#[derive(Debug)]
pub(crate) struct Origin {
    address: IpAddr,
    name: Option<Arc<Name>>,
    version: u32,
}

impl Origin {
    pub(crate) fn new(address: IpAddr, name: Option<Arc<Name>>) -> Self {
        let version = name.as_ref().map_or(0, |name| name.version.load(Relaxed));
        Self { address, name, version }
    }

    /// False when the name has other addresses by now.
    pub(crate) fn is_current(&mut self) -> bool {
        let Some(name) = &self.name else { return true };
        let version = name.version.load(Relaxed);
        if version == self.version {
            return true;
        }
        self.version = version;
        let known = name.lock();
        known.good.as_ref().is_none_or(|(_, addresses)| addresses.contains(&self.address))
    }
}

impl Cache {
    pub(crate) fn new(resolver: Resolver) -> Self {
        Self { resolver, names: Mutex::default() }
    }

    /// All addresses of a host name or literal.
    pub(crate) async fn resolve(&self, host: &str) -> Result<Resolved, String> {
        let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        if let Ok(address) = literal.parse::<IpAddr>() {
            return Ok(Resolved { addresses: Arc::from([address]), name: None });
        }
        let name = self.name(host).ok_or("too many names of backends are in use")?;
        Ok(Resolved { addresses: name.addresses(&self.resolver).await?, name: Some(name) })
    }

    /// Asks again for the names that connections use, and forgets those that nobody used for long.
    pub(crate) fn sweep(&self) {
        self.lock().retain(|_, name| {
            let used = Arc::strong_count(name) > 1;
            let age = name.age();
            if used && age.is_none_or(|age| age >= FRESH) && !name.has_just_failed() {
                name.refresh(&self.resolver);
            }
            used || age.is_some_and(|age| age < KEPT) || name.has_just_failed()
        });
    }

    fn name(&self, host: &str) -> Option<Arc<Name>> {
        let mut names = self.lock();
        if let Some(name) = names.get(host) {
            return Some(Arc::clone(name));
        }
        if names.len() >= MAX_NAMES {
            names.retain(|_, name| Arc::strong_count(name) > 1);
        }
        let name = Arc::new(Name::new(host));
        (names.len() < MAX_NAMES).then(|| {
            names.insert(host.to_owned(), Arc::clone(&name));
            name
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Name>>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Name {
    fn new(host: &str) -> Self {
        Self {
            host: host.to_owned(),
            flight: Arc::default(),
            known: Mutex::default(),
            version: AtomicU32::new(0),
        }
    }

    async fn addresses(self: &Arc<Self>, resolver: &Resolver) -> Result<Arc<[IpAddr]>, String> {
        if let Some(answer) = self.lock().answer() {
            return answer;
        }
        self.refresh(resolver);
        let landed = self.flight.lock();
        let has_old_answer = self.lock().kept().is_some();
        if has_old_answer {
            // The old answer serves when the new one is late.
            let _ = tokio::time::timeout(PATIENCE, landed).await;
        } else {
            drop(landed.await);
        }
        self.lock().latest()
    }

    /// Starts a look-up unless one is under way. It ends even when nobody waits any more.
    fn refresh(self: &Arc<Self>, resolver: &Resolver) {
        let Ok(flight) = Arc::clone(&self.flight).try_lock_owned() else { return };
        let (name, asked) = (Arc::clone(self), (resolver.0)(self.host.clone()));
        tokio::spawn(async move {
            name.learn(asked.await);
            drop(flight);
        });
    }

    fn learn(&self, found: std::io::Result<Vec<IpAddr>>) {
        let mut known = self.lock();
        match found {
            Ok(found) if !found.is_empty() => {
                let changed = known.good.as_ref().is_some_and(|(_, before)| !are_same(before, &found));
                *known = Known { good: Some((Instant::now(), found.into())), failure: None };
                self.version.fetch_add(u32::from(changed), Relaxed);
            }
            Ok(_) => known.failure = Some((Instant::now(), "no address".to_owned())),
            Err(error) => known.failure = Some((Instant::now(), error.to_string())),
        }
    }

    fn age(&self) -> Option<Duration> {
        self.lock().good.as_ref().map(|(since, _)| since.elapsed())
    }

    fn has_just_failed(&self) -> bool {
        self.lock().failure.as_ref().is_some_and(|(since, _)| since.elapsed() < FAILED)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// An answer that needs no asking.
    fn answer(&self) -> Option<Result<Arc<[IpAddr]>, String>> {
        if let Some((since, addresses)) = &self.good
            && since.elapsed() < FRESH
        {
            return Some(Ok(Arc::clone(addresses)));
        }
        let failed = self.failure.as_ref().is_some_and(|(since, _)| since.elapsed() < FAILED);
        failed.then(|| self.latest())
    }

    /// The best that there is.
    fn latest(&self) -> Result<Arc<[IpAddr]>, String> {
        let failure = || self.failure.as_ref().map_or("no answer", |(_, reason)| reason).to_owned();
        self.kept().ok_or_else(failure)
    }

    fn kept(&self) -> Option<Arc<[IpAddr]>> {
        self.good
            .as_ref()
            .filter(|(since, _)| since.elapsed() < KEPT)
            .map(|(_, addresses)| Arc::clone(addresses))
    }
}

fn are_same(some: &[IpAddr], others: &[IpAddr]) -> bool {
    some.iter().all(|address| others.contains(address)) && others.iter().all(|address| some.contains(address))
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use tokio::time::advance;

    use super::{Cache, Origin, Resolver};

    /// A resolver whose answers tests change, and what it was asked.
    #[derive(Clone, Default)]
    struct Zone(Arc<Mutex<(Option<Vec<IpAddr>>, u32)>>);

    impl Zone {
        fn set(&self, addresses: Option<&[&str]>) {
            self.0.lock().unwrap().0 =
                addresses.map(|some| some.iter().map(|text| text.parse().unwrap()).collect());
        }

        fn asked(&self) -> u32 {
            self.0.lock().unwrap().1
        }

        fn cache(&self) -> Cache {
            let zone = Arc::clone(&self.0);
            Cache::new(Resolver(Arc::new(move |_| {
                let mut zone = zone.lock().unwrap();
                zone.1 += 1;
                let found = zone.0.clone().ok_or_else(|| std::io::Error::other("nobody knows"));
                Box::pin(async move {
                    tokio::task::yield_now().await;
                    found
                })
            })))
        }
    }

    async fn first(cache: &Cache) -> String {
        match cache.resolve("backend.test").await {
            Ok(resolved) => resolved.addresses[0].to_string(),
            Err(reason) => reason,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn answers_are_asked_for_again_and_kept_while_nobody_answers() {
        let (zone, second) = (Zone::default(), Duration::from_secs(1));
        let cache = zone.cache();
        zone.set(Some(&["10.0.0.1"]));
        assert_eq!(
            (first(&cache).await, first(&cache).await, zone.asked()),
            ("10.0.0.1".into(), "10.0.0.1".into(), 1)
        );
        zone.set(Some(&["10.0.0.2"]));
        advance(29 * second).await;
        assert_eq!(first(&cache).await, "10.0.0.1");
        advance(2 * second).await;
        assert_eq!((first(&cache).await, zone.asked()), ("10.0.0.2".into(), 2));
        zone.set(None);
        advance(500 * second).await;
        assert_eq!(
            (first(&cache).await, first(&cache).await, zone.asked()),
            ("10.0.0.2".into(), "10.0.0.2".into(), 3)
        );
        advance(200 * second).await;
        assert_eq!(first(&cache).await, "nobody knows");
        zone.set(Some(&["10.0.0.3"]));
        assert_eq!(first(&cache).await, "nobody knows");
        advance(3 * second).await;
        assert_eq!(first(&cache).await, "10.0.0.3");
    }

    #[tokio::test(start_paused = true)]
    async fn a_name_is_asked_for_once_at_a_time() {
        let zone = Zone::default();
        zone.set(Some(&["10.0.0.1"]));
        let cache = zone.cache();
        let (a, b, c) = tokio::join!(first(&cache), first(&cache), first(&cache));
        assert_eq!(
            (a.as_str(), b.as_str(), c.as_str(), zone.asked()),
            ("10.0.0.1", "10.0.0.1", "10.0.0.1", 1)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn connections_learn_of_changed_addresses_without_a_call() {
        let zone = Zone::default();
        zone.set(Some(&["10.0.0.1", "10.0.0.2"]));
        let cache = zone.cache();
        let resolved = cache.resolve("backend.test").await.unwrap();
        let origin = |address: &str| Origin::new(address.parse().unwrap(), resolved.name.clone());
        let (mut one, mut two) = (origin("10.0.0.1"), origin("10.0.0.2"));
        zone.set(Some(&["10.0.0.2", "10.0.0.3"]));
        assert!(one.is_current() && two.is_current());
        advance(Duration::from_secs(31)).await;
        cache.sweep();
        while zone.asked() < 2 || resolved.name.as_ref().unwrap().flight.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
        assert!(!one.is_current() && two.is_current());
    }

    #[tokio::test(start_paused = true)]
    async fn names_are_forgotten_when_nobody_uses_them() {
        let zone = Zone::default();
        zone.set(Some(&["10.0.0.1"]));
        let cache = zone.cache();
        for number in 0..3000 {
            cache.resolve(&format!("b{number}.test")).await.unwrap();
        }
        assert!(cache.lock().len() <= super::MAX_NAMES);
        advance(super::KEPT).await;
        cache.sweep();
        assert_eq!(cache.lock().len(), 0);
    }
}
