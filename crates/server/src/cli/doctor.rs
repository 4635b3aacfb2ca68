//! `stagedoor doctor`: what on this machine could keep a gateway from working.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use stagedoor_observe::{Style, expand, push_clean, push_styled};

use super::{Target, default_data_dir, load};
use crate::client::block_on;
use crate::config::Config;
use crate::doctor::{Finding, Verdict, examine};
use crate::terminal::{during, print, stdout_has_colour};

/// Columns of the subject.
const SUBJECT: usize = 14;

/// Look for what could keep a gateway from working, and say what to do about it.
///
/// Ends with 1 when something fails; warnings do not count.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// A folder with stagedoor.yaml, or the file itself, that is meant to run here.
    path: Option<PathBuf>,
    /// Where state would be kept.
    #[arg(long, env = "STAGEDOOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// How to print.
    #[arg(long, short, value_enum, default_value = "table")]
    output: Output,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

impl DoctorArgs {
    pub(super) fn run(self) -> Result<()> {
        let (file, config) = match &self.path {
            Some(path) => load(path)?,
            None => (None, Config::default()),
        };
        let data_dir = self.data_dir.clone().or_else(|| config.data_dir.clone());
        let data_dir = data_dir.unwrap_or_else(|| default_data_dir(file.as_deref()));
        let address = self.target.listen.or(config.listen).unwrap_or_else(crate::dev_address);
        let examining = async { Ok(during("examining", examine(address, &data_dir, &config)).await) };
        let findings = block_on(examining)?;
        self.print(&findings)?;
        let failed = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count();
        match failed {
            0 => Ok(()),
            1 => bail!("one thing keeps a gateway from working here"),
            many => bail!("{many} things keep a gateway from working here"),
        }
    }

    fn print(&self, findings: &[Finding]) -> Result<()> {
        if self.output == Output::Json {
            return Ok(print(format!("{}\n", serde_json::to_string_pretty(findings)?))?);
        }
        let (mut marked, mut shown) = (String::new(), String::new());
        findings.iter().for_each(|finding| line(finding, &mut marked));
        expand(&marked, stdout_has_colour(), &mut shown);
        Ok(print(shown)?)
    }
}

fn line(finding: &Finding, out: &mut String) {
    let (style, word) = match finding.verdict {
        Verdict::Ok => (Style::Green, "ok  "),
        Verdict::Warn => (Style::Yellow, "warn"),
        Verdict::Fail => (Style::Red, "fail"),
    };
    push_styled(out, style, word);
    push_clean(out, &format!("  {:<SUBJECT$}  {}", finding.subject, finding.detail));
    out.push('\n');
    if let Some(remedy) = finding.remedy.as_ref().filter(|_| finding.verdict != Verdict::Ok) {
        push_clean(out, &" ".repeat(4 + 2 + SUBJECT + 2));
        push_styled(out, Style::Bold, &format!("→ {remedy}"));
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_observe::expand;

    use super::line;
    use crate::doctor::{Finding, Verdict};

    #[test]
    fn a_warning_says_what_to_do() {
        let finding = Finding {
            subject: "names".to_owned(),
            verdict: Verdict::Warn,
            detail: "lost".to_owned(),
            remedy: Some("look".to_owned()),
        };
        let (mut marked, mut shown) = (String::new(), String::new());
        line(&finding, &mut marked);
        expand(&marked, false, &mut shown);
        assert_eq!(shown, "warn  names           lost\n                      → look\n");
    }
}
