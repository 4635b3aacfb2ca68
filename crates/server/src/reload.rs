//! Taking a configuration's files again while the gateway runs.
//!
//! In: the configuration as it was last good, and which files were saved. Out: a store and a pool that agree with what
//! is right in them, and sentences about what is not. Whatever is wrong keeps its last good state; the rest is applied.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use stagedoor_base::FunctionArn;
use stagedoor_control::{Control, DeclareError};
use stagedoor_lambda::Pool;
use stagedoor_observe::{Observer, Style, push_clean, push_styled};
use stagedoor_openapi::Diagnostic;
use stagedoor_store::Store;

use crate::config::{Config, Problems, said};
use crate::declare::{Documents, Served, declare};
use crate::preflight::{self, Located};
use crate::terminal::push_lines;
use crate::watch::{Saved, Targets};

/// What applying needs.
#[derive(Debug, Clone)]
pub(crate) struct Means {
    pub(crate) control: Control,
    pub(crate) store: Arc<Store>,
    pub(crate) pool: Arc<Pool>,
    pub(crate) observer: Arc<Observer>,
}

/// A configuration that is being served.
#[derive(Debug)]
pub(crate) struct Loaded {
    means: Means,
    file: PathBuf,
    data_dir: PathBuf,
    /// The last good ones.
    config: Config,
    documents: Documents,
    /// The configuration's text when it was applied; empty until then.
    text: Vec<u8>,
    served: Served,
    /// Files that are wrong now, and what was said of each.
    wrong: BTreeMap<PathBuf, Wrong>,
    /// Settings that wait for the next start.
    waiting: Vec<&'static str>,
    located: Arc<Located>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    text: String,
    /// The function whose code it is; none for configuration and documents.
    function: Option<String>,
}

/// Something wrong with a file.
struct Complaint {
    file: PathBuf,
    text: String,
}

impl Loaded {
    pub(crate) fn new(
        means: Means,
        file: PathBuf,
        data_dir: PathBuf,
        config: Config,
        documents: Documents,
        served: Served,
    ) -> Self {
        let (text, wrong, waiting, located) = (Vec::new(), BTreeMap::new(), Vec::new(), Arc::default());
        Self { means, file, data_dir, config, documents, text, served, wrong, waiting, located }
    }

    pub(crate) fn served(&self) -> &Served {
        &self.served
    }

    /// What to watch for this configuration.
    pub(crate) fn targets(&self) -> Targets {
        let documents = self.config.apis.iter().map(|api| api.openapi.clone());
        // What a wrong configuration names and is not there may come.
        let wrong = self.wrong.iter().filter(|(_, wrong)| wrong.function.is_none());
        let wrong = wrong.map(|(file, _)| file.clone());
        let files: BTreeSet<_> = std::iter::once(self.file.clone()).chain(documents).chain(wrong).collect();
        let functions = self.config.functions.iter();
        Targets {
            files: files.into_iter().collect(),
            functions: functions.map(|it| (it.name.clone(), it.folders())).collect(),
            excluded: self.data_dir.clone(),
        }
    }

    /// Applies what was saved.
    pub(crate) async fn follow(&mut self, saved: &Saved) {
        let started = Instant::now();
        // A folder that came back may be what the configuration complained of.
        let files: Vec<PathBuf> = saved.files.iter().filter(|file| self.differs(file)).cloned().collect();
        if !files.is_empty() || self.wrong.contains_key(&self.file) {
            self.apply(&files, started).await;
        }
        for (name, files) in &saved.functions {
            self.restart(name, files, started).await;
        }
    }

    /// Whether a file says anything else than what was applied.
    fn differs(&self, file: &Path) -> bool {
        let applied = if *file == self.file { Some(&self.text) } else { self.documents.get(file) };
        self.wrong.contains_key(file) || std::fs::read(file).ok().as_ref() != applied
    }

    /// Applies everything again, as SIGHUP asks.
    pub(crate) async fn reload(&mut self) {
        let files = self.targets().files;
        let is_right = self.apply(&files, Instant::now()).await;
        let names: Vec<String> = self.config.functions.iter().map(|it| it.name.clone()).collect();
        names.iter().for_each(|name| self.refresh(name));
        match is_right {
            true => tracing::info!(
                "reloaded: {} APIs, {} functions",
                self.served.apis.len(),
                self.served.functions.len()
            ),
            false => tracing::error!("not reloaded: what is wrong keeps its last good state"),
        }
    }

    /// Applies configuration and documents; false when something in them is wrong.
    async fn apply(&mut self, saved: &[PathBuf], started: Instant) -> bool {
        let text = std::fs::read(&self.file).unwrap_or_default();
        let (mut wanted, mut complaints) = self.read(&text);
        let waiting = wanted.keep_start_settings(&self.config);
        let mut documents = self.read_documents(&mut wanted, &mut complaints);
        let served = loop {
            let declared =
                declare(&self.means.control, &self.means.store, &wanted, &self.file, &documents).await;
            let error = match declared {
                Ok(served) => break Some(served),
                Err(error) => error,
            };
            let (file, complaint) = self.explain(&error, &wanted, &documents);
            complaints.push(complaint);
            if !self.fall_back(&file, &mut wanted, &mut documents) {
                break None;
            }
        };
        let mended = self.complain(None, &complaints, saved);
        let Some(served) = served else { return false };
        let changes = self.changes(&wanted, &served, &waiting, started);
        changes.iter().for_each(|(word, rest)| self.done(word, rest));
        if changes.is_empty() && !mended && complaints.is_empty() {
            self.done("saved", &format!("{}: nothing to change", self.listed(saved)));
        }
        self.waiting = waiting;
        (self.config, self.documents, self.served) = (wanted, documents, served);
        self.text = text;
        self.warn();
        complaints.is_empty()
    }

    /// Tells what calls would run into; looking at code takes its time, and nobody waits for it.
    pub(crate) fn warn(&self) {
        self.served.warn_of_missing_functions();
        let (config, located) = (self.config.clone(), Arc::clone(&self.located));
        tokio::spawn(async move { preflight::warn(&config, &located).await });
    }

    /// A file without text is one that is just being written: it must not end everything that is served.
    fn read(&self, text: &[u8]) -> (Config, Vec<Complaint>) {
        let complaint = match Config::load(&self.file) {
            Ok(_) if text.trim_ascii().is_empty() => {
                let text = format!("{}: the file is empty", self.file.display());
                Complaint { file: self.file.clone(), text }
            }
            Ok((_, config)) => return (config, Vec::new()),
            Err(problems) => self.problems(&problems),
        };
        (self.config.clone(), vec![complaint])
    }

    fn problems(&self, problems: &Problems) -> Complaint {
        Complaint { file: self.file.clone(), text: problems.report() }
    }

    /// A document that cannot be read keeps its last good text; an API that never had one waits for it.
    fn read_documents(&self, wanted: &mut Config, complaints: &mut Vec<Complaint>) -> Documents {
        let mut documents = Documents::new();
        for api in &wanted.apis {
            let found = std::fs::read(&api.openapi).or_else(|error| {
                let name = api.openapi.display().to_string();
                // The configuration, which names it, may have been complained of already.
                if !complaints.iter().any(|complaint| complaint.text.contains(&name)) {
                    let text = format!("{name}: {}", said(&error));
                    complaints.push(Complaint { file: api.openapi.clone(), text });
                }
                self.documents.get(&api.openapi).cloned().ok_or(error)
            });
            if let Ok(text) = found {
                documents.insert(api.openapi.clone(), text);
            }
        }
        wanted.apis.retain(|api| documents.contains_key(&api.openapi));
        documents
    }

    /// Which file a refusal is about, and what to say of it.
    fn explain(&self, error: &anyhow::Error, wanted: &Config, documents: &Documents) -> (PathBuf, Complaint) {
        let declared = error.downcast_ref::<DeclareError>();
        if let Some(DeclareError::Document(findings)) = declared
            && let Some(first) = findings.first()
        {
            let file = PathBuf::from(&first.file);
            let source = documents.get(&file).map(|text| String::from_utf8_lossy(text));
            let report = |finding: &Diagnostic| match &source {
                Some(text) => finding.clone().with_source(text).report(false),
                None => finding.report(false),
            };
            let text = findings.iter().map(report).collect::<Vec<_>>().join("\n");
            return (file.clone(), Complaint { file, text });
        }
        let text = format!("{error:#}");
        let named = wanted.apis.iter().find(|api| text.contains(&*api.openapi.to_string_lossy()));
        let file = named.map_or_else(|| self.file.clone(), |api| api.openapi.clone());
        (file.clone(), Complaint { file, text })
    }

    /// Puts the last good text in place of a wrong one; false when that is impossible.
    fn fall_back(&self, file: &Path, wanted: &mut Config, documents: &mut Documents) -> bool {
        let Some(current) = documents.get_mut(file) else { return false };
        match self.documents.get(file) {
            Some(good) if good != current => current.clone_from(good),
            Some(_) => return false,
            None => {
                documents.remove(file);
                wanted.apis.retain(|api| api.openapi != file);
            }
        }
        true
    }

    /// Prints what is wrong, once until the file is saved again, and what has become right.
    /// True when something has become right.
    fn complain(&mut self, function: Option<&str>, complaints: &[Complaint], saved: &[PathBuf]) -> bool {
        for complaint in complaints {
            let known = self.wrong.get(&complaint.file);
            let is_news = known.is_none_or(|known| known.text != complaint.text);
            if is_news || saved.contains(&complaint.file) {
                self.say(|out| {
                    let text = complaint.text.trim_start_matches("error: ");
                    push_lines(out, Style::Red, &format!("error: {text}"));
                    out.push_str("\n  ");
                    push_styled(out, Style::Dim, "the last good state is still served");
                });
            }
        }
        let is_wrong = |file: &Path| complaints.iter().any(|complaint| complaint.file == *file);
        let concerned = self.wrong.iter().filter(|(_, wrong)| wrong.function.as_deref() == function);
        let mended: Vec<_> =
            concerned.map(|(file, _)| file).filter(|file| !is_wrong(file)).cloned().collect();
        for file in &mended {
            self.wrong.remove(file);
            self.done("mended", &format!("{} is right again", self.short(file)));
        }
        for Complaint { file, text } in complaints {
            let wrong = Wrong { text: text.clone(), function: function.map(str::to_owned) };
            self.wrong.insert(file.clone(), wrong);
        }
        !mended.is_empty()
    }

    /// What is different now: a word and what it is about.
    fn changes(
        &self,
        wanted: &Config,
        served: &Served,
        waiting: &[&'static str],
        started: Instant,
    ) -> Vec<(&'static str, String)> {
        let took = started.elapsed().as_millis();
        let pairs = served.apis.iter().zip(&wanted.apis).filter(|(api, _)| api.changed);
        let deployed = pairs.map(|(api, config)| {
            let (file, methods) = (self.short(&config.openapi), api.methods.len());
            ("deployed", format!("{}/{} from {file}, {methods} methods, {took} ms", api.id, api.stage))
        });
        let updated = served.changed_functions.iter().map(|name| ("updated", format!("function {name}")));
        let metered = served.changed_metering.then(|| ("updated", "usage plans and API keys".to_owned()));
        let is_served = |id: &str| served.apis.iter().any(|api| api.id == id);
        let gone = self.served.apis.iter().filter(|api| !is_served(&api.id));
        let gone = gone.map(|api| ("removed", format!("API {}", api.id)));
        let is_wanted = |name: &str| wanted.functions.iter().any(|function| function.name == name);
        let dropped = self.config.functions.iter().filter(|function| !is_wanted(&function.name));
        let dropped = dropped.map(|function| ("removed", format!("function {}", function.name)));
        let later = waiting.iter().filter(|key| !self.waiting.contains(key));
        let later = later.map(|key| ("noted", format!("`{key}` changed; it takes effect at the next start")));
        deployed.chain(updated).chain(metered).chain(gone).chain(dropped).chain(later).collect()
    }

    /// New calls run the saved code, unless it cannot even be parsed, or is not all there.
    async fn restart(&mut self, name: &str, files: &[PathBuf], started: Instant) {
        let Some(function) = self.config.functions.iter().find(|it| it.name == name).cloned() else { return };
        // A file that was wrong before must be right as well by now.
        let before = self.wrong.iter().filter(|(_, wrong)| wrong.function.as_deref() == Some(name));
        let checked: BTreeSet<&PathBuf> = files.iter().chain(before.map(|(file, _)| file)).collect();
        let wrong = preflight::syntax_errors(&self.config, &self.located, &function, &checked).await;
        let wrong = wrong.into_iter().chain(preflight::missing_part(&function));
        let complaints: Vec<_> = wrong.map(|(file, text)| Complaint { file, text }).collect();
        self.complain(Some(name), &complaints, files);
        if !complaints.is_empty() {
            return;
        }
        self.refresh(name);
        let changed = self.listed(files);
        self.done("restarted", &format!("{name} ({changed}), {} ms", started.elapsed().as_millis()));
    }

    fn listed(&self, files: &[PathBuf]) -> String {
        const SHOWN: usize = 3;
        let mut names: Vec<String> = files.iter().take(SHOWN).map(|file| self.short(file)).collect();
        if files.len() > SHOWN {
            names.push(format!("{} more", files.len() - SHOWN));
        }
        names.join(", ")
    }

    fn refresh(&self, name: &str) {
        let scope = self.config.scope();
        let qualifier = Some("$LATEST".to_owned());
        self.means.pool.refresh(&FunctionArn { scope, name: name.to_owned(), qualifier });
    }

    fn done(&self, what: &str, rest: &str) {
        self.say(|out| {
            push_styled(out, Style::Green, &format!("{what:<9} "));
            push_clean(out, rest);
        });
    }

    fn say(&self, write: impl FnOnce(&mut String)) {
        self.means.observer.say(write);
    }

    /// A path as the author knows it: from the configuration's folder on.
    fn short(&self, path: &Path) -> String {
        let folder = self.file.parent().unwrap_or(Path::new(""));
        path.strip_prefix(folder).unwrap_or(path).display().to_string()
    }
}
