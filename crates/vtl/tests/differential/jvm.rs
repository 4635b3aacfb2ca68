//! Apache Velocity in a JVM of its own, which answers one template after the other.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const JARS: [&str; 3] = ["velocity.jar", "commons-lang.jar", "commons-collections3.jar"];
/// For all templates of one call, on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(300);

pub(crate) struct Velocity {
    process: Child,
    answers: Option<BufReader<ChildStdout>>,
}

impl Velocity {
    /// Starts it; nothing where it is not installed, which is an error in CI.
    pub(crate) fn start(folder: &Path) -> Option<Self> {
        let jars: Vec<String> = JARS.iter().map(|jar| format!("/usr/share/java/{jar}")).collect();
        let installed = jars.iter().all(|jar| Path::new(jar).exists())
            && Command::new("javac").arg("-version").output().is_ok_and(|output| output.status.success());
        if !installed {
            assert!(std::env::var_os("CI").is_none(), "Apache Velocity and a JDK are not installed");
            eprintln!("compared with the files only: Apache Velocity and a JDK are not installed");
            return None;
        }
        let mut process = Command::new("java")
            .args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-Dfile.encoding=UTF-8", "-cp"])
            .arg(jars.join(":"))
            .arg(folder.join("Harness.java"))
            .arg("render")
            .arg(folder.join("context.json"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the JVM starts");
        let answers = process.stdout.take().map(BufReader::new);
        Some(Self { process, answers })
    }

    /// What it makes of templates: the output, `!parse` or `!render`.
    pub(crate) fn render(&mut self, templates: &[String]) -> Vec<String> {
        let questions: Vec<u8> = templates.iter().flat_map(|template| framed(template)).collect();
        let mut stdin = self.process.stdin.take().expect("the JVM listens");
        let mut answers = self.answers.take().expect("the JVM answers");
        let count = templates.len();
        let (done, waiting) = mpsc::channel();
        let writer = std::thread::spawn(move || {
            stdin.write_all(&questions).and_then(|()| stdin.flush()).map(|()| stdin)
        });
        std::thread::spawn(move || {
            let read: std::io::Result<Vec<String>> = (0..count).map(|_| answer(&mut answers)).collect();
            let _ = done.send((read, answers));
        });
        let (read, answers) = waiting.recv_timeout(DEADLINE).expect("the JVM answers in time");
        self.answers = Some(answers);
        self.process.stdin = Some(writer.join().expect("the writer ends").expect("the JVM listens"));
        read.expect("the JVM answers each template")
    }
}

impl Drop for Velocity {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn framed(template: &str) -> Vec<u8> {
    let length = u32::try_from(template.len()).expect("templates are short");
    [&length.to_be_bytes(), template.as_bytes()].concat()
}

fn answer(answers: &mut impl Read) -> std::io::Result<String> {
    let mut head = [0; 5];
    answers.read_exact(&mut head)?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    let mut text = vec![0; length as usize];
    answers.read_exact(&mut text)?;
    Ok(match head[0] {
        b'o' => String::from_utf8_lossy(&text).into_owned(),
        b'p' => "!parse".to_owned(),
        _ => "!render".to_owned(),
    })
}
