//! The one who asks the ledger: a thread that takes requests in batches and gives leases.
//!
//! In: requests of meters and of the control plane. Out: leases, answers. Whatever waits at the same time is written in one
//! transaction. What meters hold in memory is the truth while the process lives; the ledger is never lower than it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use stagedoor_base::Timestamp;
use tokio::sync::oneshot;

use super::book::Book;
use super::ledger::{Forgotten, Ledger, Span, UsageRow};
use super::meter::{Answer, Loan, Meter, terms};
use super::{Day, LedgerError, Quota, Subject};
use crate::registry::Registry;

/// Requests that are served by one transaction at most.
const BATCH: usize = 8_192;
/// The most days of usage in one answer.
const MOST_DAYS: u32 = 1_000;

/// A call that waits, or a lease that runs low.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) meter: Arc<Meter>,
    pub(super) quota: Option<Quota>,
    pub(super) now: Timestamp,
    pub(super) answer: Option<Answer>,
}

type Reply<T> = oneshot::Sender<Result<T, LedgerError>>;

/// What is asked of the desk.
#[derive(Debug)]
pub(super) enum Ask {
    Reserve(Request),
    Usage(UsageQuestion, Reply<Vec<Vec<(u64, u64)>>>),
    SetRemaining(Grant, Reply<()>),
    Forget(Forgotten, Reply<()>),
    Sweep,
    Close(Reply<()>),
}

/// Which days of whom.
#[derive(Debug)]
pub(crate) struct UsageQuestion {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) quota: Option<Quota>,
}

/// What shall remain to whom.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) subject: Subject,
    pub(crate) quota: Quota,
    pub(crate) remaining: u64,
    pub(crate) now: Timestamp,
}

/// The way to the desk, and the meters that it serves.
#[derive(Debug)]
pub(crate) struct Desk {
    asks: Sender<Ask>,
    meters: Arc<Registry<Meter>>,
}

impl Desk {
    /// Starts the thread that serves meters from this ledger.
    ///
    /// # Errors
    /// The system's, when it starts no thread.
    pub(crate) fn start(ledger: Ledger) -> std::io::Result<Self> {
        let (asks, asked) = channel();
        let meters = Arc::<Registry<Meter>>::default();
        let clerk = Clerk { ledger, meters: Arc::clone(&meters) };
        std::thread::Builder::new().name("ledger".to_owned()).spawn(move || clerk.run(&asked))?;
        Ok(Self { asks, meters })
    }

    pub(crate) fn meter(&self, subject: Subject) -> Arc<Meter> {
        self.meters.obtain(subject, |subject| Meter::new(subject, self.asks.clone()))
    }

    pub(crate) fn meter_count(&self) -> usize {
        self.meters.len()
    }

    pub(crate) fn sweep(&self) {
        // A closed desk has nothing to sweep.
        let _ = self.asks.send(Ask::Sweep);
    }

    pub(crate) async fn usage(&self, question: UsageQuestion) -> Result<Vec<Vec<(u64, u64)>>, LedgerError> {
        self.ask(|reply| Ask::Usage(question, reply)).await
    }

    pub(crate) async fn set_remaining(&self, grant: Grant) -> Result<(), LedgerError> {
        self.ask(|reply| Ask::SetRemaining(grant, reply)).await
    }

    pub(crate) async fn forget(&self, forgotten: Forgotten) -> Result<(), LedgerError> {
        self.ask(|reply| Ask::Forget(forgotten, reply)).await
    }

    pub(crate) async fn close(&self) -> Result<(), LedgerError> {
        self.ask(Ask::Close).await
    }

    async fn ask<T>(&self, ask: impl FnOnce(Reply<T>) -> Ask) -> Result<T, LedgerError> {
        let (reply, answer) = oneshot::channel();
        // Dropped by a desk that is closed, and with it the reply.
        let _ = self.asks.send(ask(reply));
        answer.await.unwrap_or_else(|_| Err(LedgerError("the ledger is closed".to_owned())))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let (reply, _) = oneshot::channel();
        let _ = self.asks.send(Ask::Close(reply));
    }
}

/// Requests of one meter.
#[derive(Debug)]
struct Group {
    meter: Arc<Meter>,
    quota: Option<Quota>,
    now: Timestamp,
    answers: Vec<Answer>,
}

/// The thread's own.
#[derive(Debug)]
struct Clerk {
    ledger: Ledger,
    meters: Arc<Registry<Meter>>,
}

impl Clerk {
    fn run(&self, asked: &Receiver<Ask>) {
        while let Ok(first) = asked.recv() {
            let rest = asked.try_iter().take(BATCH - 1);
            let (mut requests, mut others) = (Vec::new(), Vec::new());
            for ask in std::iter::once(first).chain(rest) {
                match ask {
                    Ask::Reserve(request) => requests.push(request),
                    other => others.push(other),
                }
            }
            self.serve(group(requests));
            for ask in others {
                if let Ask::Close(reply) = ask {
                    // Nobody waits when the process just drops everything.
                    let _ = reply.send(self.return_leases(&self.meters.all()));
                    return;
                }
                self.answer(ask);
            }
        }
    }

    // Whoever asked may be gone: nobody then wants the answer.
    fn answer(&self, ask: Ask) {
        match ask {
            Ask::Usage(question, reply) => drop(reply.send(self.usage(&question))),
            Ask::SetRemaining(grant, reply) => drop(reply.send(self.set_remaining(&grant))),
            Ask::Forget(forgotten, reply) => drop(reply.send(self.forget(&forgotten))),
            Ask::Sweep => {
                // Leases that cannot be returned stay counted, as after a crash.
                let _ = self.return_leases(&self.meters.sweep(|_| true));
            }
            Ask::Reserve(_) | Ask::Close(_) => {}
        }
    }

    /// Gives leases, and answers those who wait.
    fn serve(&self, groups: Vec<Group>) {
        if groups.is_empty() {
            return;
        }
        for group in &groups {
            group.meter.renewed();
        }
        match self.reserve(&groups) {
            Ok(reserved) => {
                for (group, count) in groups.into_iter().zip(reserved) {
                    lend(group, count);
                }
            }
            Err(error) => {
                for answer in groups.into_iter().flat_map(|group| group.answers) {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// Reserves for each group what it needs and may have; says how much.
    fn reserve(&self, groups: &[Group]) -> Result<Vec<u64>, LedgerError> {
        let askers: Vec<_> =
            groups.iter().map(|group| (&group.meter, group.quota.as_ref(), group.now)).collect();
        self.open(&askers)?;
        let mut entries = Vec::new();
        let mut reserved = Vec::with_capacity(groups.len());
        for group in groups {
            let mut book = group.meter.book();
            let count = wanted(group, &mut book).min(book.room(group.quota.as_ref()));
            if let Some(row) = book.row(0).filter(|_| count > 0) {
                entries.push((group.meter.subject().clone(), UsageRow { used: row.used + count, ..row }));
            }
            reserved.push(count);
        }
        self.write(&entries)?;
        for (group, count) in groups.iter().zip(&reserved) {
            group.meter.book().reserve(*count);
        }
        Ok(reserved)
    }

    /// Sees to it that each meter's book knows the period of the moment, and that no lease of other terms is left.
    fn open(&self, askers: &[(&Arc<Meter>, Option<&Quota>, Timestamp)]) -> Result<(), LedgerError> {
        let (mut past, mut unread, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for (meter, quota, now) in askers {
            let mut book = meter.book();
            let day = book.day(Day::from(*now));
            let start = period_start(*quota, day);
            let is_open = book.is_open(day, start);
            if is_open && meter.terms() == terms(*quota) {
                continue;
            }
            let left = meter.take_lease();
            book.unused(left);
            if is_open {
                continue;
            }
            past.extend(book.row(0).filter(|_| left > 0).map(|row| (meter.subject().clone(), row)));
            book.shut();
            unread.push((Arc::clone(meter), day, start));
            spans.push(Span { subject: meter.subject().clone(), from: start, to: day });
        }
        self.write(&past)?;
        if spans.is_empty() {
            return Ok(());
        }
        for ((meter, day, start), rows) in unread.iter().zip((self.ledger.read)(&spans)?) {
            meter.book().open(*day, *start, &rows);
        }
        Ok(())
    }

    fn usage(&self, question: &UsageQuestion) -> Result<Vec<Vec<(u64, u64)>>, LedgerError> {
        let UsageQuestion { subjects, from, to, quota } = question;
        if to.0.saturating_sub(from.0) >= MOST_DAYS {
            return Err(LedgerError(format!("usage of more than {MOST_DAYS} days")));
        }
        let from_period = period_start(quota.as_ref(), *from);
        let span = |subject: &Subject| Span { subject: subject.clone(), from: from_period, to: *to };
        let spans: Vec<_> = subjects.iter().map(span).collect();
        let rows = (self.ledger.read)(&spans)?;
        let usage = |(subject, rows): (&Subject, Vec<UsageRow>)| {
            let rows: HashMap<Day, UsageRow> = rows.into_iter().map(|row| (row.day, row)).collect();
            days(question, |day| self.held(subject, day).or_else(|| rows.get(&day).copied()))
        };
        Ok(subjects.iter().zip(rows).map(usage).collect())
    }

    /// A day's row as a meter knows it: without what is reserved only.
    fn held(&self, subject: &Subject, day: Day) -> Option<UsageRow> {
        let meter = self.meters.find(subject)?;
        let book = meter.book();
        book.row(meter.left()).filter(|row| row.day == day)
    }

    fn set_remaining(&self, grant: &Grant) -> Result<(), LedgerError> {
        let Grant { subject, quota, remaining, now } = grant;
        let Some(meter) = self.meters.find(subject) else {
            return self.set_unused(grant);
        };
        self.open(&[(&meter, Some(quota), *now)])?;
        let mut book = meter.book();
        book.unused(meter.take_lease());
        book.set_remaining(quota, *remaining);
        let written =
            self.write(&book.row(0).map(|row| (subject.clone(), row)).into_iter().collect::<Vec<_>>());
        if written.is_err() {
            // The ledger's word counts, read again by the next call.
            book.shut();
        }
        written
    }

    /// The same for a subject that has no meter.
    fn set_unused(&self, grant: &Grant) -> Result<(), LedgerError> {
        let Grant { subject, quota, remaining, now } = grant;
        let day = Day::from(*now);
        let start = period_start(Some(quota), day);
        let spans = [Span { subject: subject.clone(), from: start, to: day }];
        let rows = (self.ledger.read)(&spans)?;
        let mut book = Book::default();
        book.open(day, start, rows.first().map_or(&[], Vec::as_slice));
        book.set_remaining(quota, *remaining);
        self.write(&book.row(0).map(|row| (subject.clone(), row)).into_iter().collect::<Vec<_>>())
    }

    fn forget(&self, forgotten: &Forgotten) -> Result<(), LedgerError> {
        (self.ledger.forget)(forgotten)?;
        for meter in self.meters.all().iter().filter(|meter| forgotten.includes(meter.subject())) {
            let mut book = meter.book();
            meter.take_lease();
            book.shut();
        }
        Ok(())
    }

    /// Writes what was really used by meters.
    fn return_leases(&self, meters: &[Arc<Meter>]) -> Result<(), LedgerError> {
        for meters in meters.chunks(BATCH) {
            let mut entries = Vec::new();
            for meter in meters {
                let mut book = meter.book();
                let left = meter.take_lease();
                book.unused(left);
                entries.extend(book.row(0).filter(|_| left > 0).map(|row| (meter.subject().clone(), row)));
            }
            self.write(&entries)?;
        }
        Ok(())
    }

    fn write(&self, entries: &[(Subject, UsageRow)]) -> Result<(), LedgerError> {
        if entries.is_empty() {
            return Ok(());
        }
        (self.ledger.write)(entries)
    }
}

/// The pairs of used and remaining of the days asked for; `row` knows a day's row.
fn days(question: &UsageQuestion, row: impl Fn(Day) -> Option<UsageRow>) -> Vec<(u64, u64)> {
    let UsageQuestion { from, to, quota, .. } = question;
    let mut day = period_start(quota.as_ref(), *from);
    let (mut rows, mut pairs) = (Vec::new(), Vec::new());
    while day <= *to {
        let start = period_start(quota.as_ref(), day);
        rows.retain(|row: &UsageRow| row.day >= start);
        let today = row(day).unwrap_or(UsageRow { day, used: 0, granted: 0 });
        rows.push(today);
        if day >= *from {
            let mut book = Book::default();
            book.open(day, start, &rows);
            pairs.push((today.used, quota.as_ref().map_or(0, |quota| book.room(Some(quota)))));
        }
        day = day.next();
    }
    pairs
}

fn period_start(quota: Option<&Quota>, day: Day) -> Day {
    quota.map_or(day, |quota| quota.period.start(day, quota.offset))
}

/// Requests by meter; the last quota and the latest moment hold for all of one.
fn group(requests: Vec<Request>) -> Vec<Group> {
    let mut places = HashMap::with_capacity(requests.len());
    let mut groups: Vec<Group> = Vec::new();
    for Request { meter, quota, now, answer } in requests {
        let at = *places.entry(Arc::as_ptr(&meter)).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { meter, quota, now, answers: Vec::new() });
        }
        let group = &mut groups[at];
        group.quota = quota;
        group.now = group.now.max(now);
        group.answers.extend(answer);
    }
    groups
}

/// What a group's next lease lacks, and one call for each who waits: who comes meanwhile may use up what is left of the last one.
fn wanted(group: &Group, book: &mut Book) -> u64 {
    let lease = book.target(group.quota.as_ref(), group.now).saturating_sub(group.meter.left());
    lease + group.answers.len() as u64
}

/// Hands over what was reserved: first to those who wait, the rest to those who come.
fn lend(group: Group, reserved: u64) {
    let Group { meter, quota, answers, .. } = group;
    let (day, is_last, low) = {
        let book = meter.book();
        let day = book.row(0).map_or(Day(0), |row| row.day);
        (day, book.room(quota.as_ref()) == 0, book.low())
    };
    let waiting = answers.len() as u64;
    let mut given = reserved.min(waiting);
    let count = reserved - given;
    meter.lend(Loan { day, terms: terms(quota.as_ref()), count, is_last, low });
    for answer in answers {
        let counted = match given.checked_sub(1) {
            Some(rest) => {
                given = rest;
                true
            }
            None => meter.take_one(),
        };
        // Who stopped waiting was not counted.
        if answer.send(Ok(counted)).is_err() && counted {
            meter.return_one(day);
        }
    }
}
