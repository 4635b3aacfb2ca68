//! What functions can and cannot do in each sandbox, in each kind of runtime.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use serde_json::{Value, json};
use stagedoor_lambda::{Code, Runtime, Sandbox, Sandboxes};
use support::{Bench, NODE, PYTHON, arn, bench_with, bootstrap, in_time, invocation, is_alive, until};

fn confined(level: Sandbox) -> Bench {
    bench_with(|config| config.sandboxes = Sandboxes { default: level, ..Sandboxes::default() })
}

const CONFINED: [Sandbox; 2] = [Sandbox::Kernel, Sandbox::Bubblewrap];

/// Runs what it is sent: the test is the attacker.
const PYTHON_SHELL: (&str, &str) = (
    "app.py",
    "
import ctypes, os, socket, subprocess, sys, time, signal
def handler(event, context):
    scope = dict(globals())
    exec('def run():\\n' + '\\n'.join('    ' + line for line in event.split('\\n')), scope)
    try:
        return scope['run']()
    except BaseException as error:
        return 'refused: ' + type(error).__name__ + ' ' + str(getattr(error, 'errno', error))
",
);

const NODE_SHELL: (&str, &str) = (
    "index.js",
    "
exports.handler = async (event) => {
  try {
    const { AsyncFunction } = { AsyncFunction: (async () => {}).constructor };
    return await new AsyncFunction('require', event)(require);
  } catch (error) {
    return 'refused: ' + (error.code || error.message);
  }
};
",
);

fn define_shells(bench: &Bench) {
    bench.define("py", PYTHON, "app.handler", &[PYTHON_SHELL]);
    bench.define("js", NODE, "index.handler", &[NODE_SHELL]);
    let own = bootstrap(
        r#"
    import subprocess
    done = subprocess.run(["/bin/sh", "-c", event], capture_output=True, text=True)
    answer = done.stdout.strip() if done.returncode == 0 else "refused: " + str(done.returncode)
    request("POST", "invocation/" + id + "/response", json.dumps(answer))
"#,
    );
    bench.define("own", Runtime::Provided, "x", &[("bootstrap", &own)]);
}

async fn ask(bench: &Bench, name: &str, code: &str) -> Value {
    let answer = bench.answer(name, &json!(code).to_string()).await;
    serde_json::from_str(&answer).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_runtime_runs_in_every_sandbox() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        define_shells(&bench);
        assert_eq!(ask(&bench, "py", "return sum(range(5))").await, 10, "{level}");
        assert_eq!(ask(&bench, "js", "return require('os').platform()").await, "linux", "{level}");
        assert_eq!(ask(&bench, "own", "echo $((2 + 3))").await, "5", "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_the_functions_own_cannot_be_read() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        let marker = bench.home.path().join("secret");
        std::fs::write(&marker, "hidden").unwrap();
        let other = bench.code("other", &[("app.py", "SECRET = 1")]).join("app.py");
        let state = bench.home.path().join("state/secret");
        std::fs::write(&state, "hidden").unwrap();
        for path in [&marker, &other, &state] {
            let path = path.display();
            let reads = [
                ("py", format!("return open('{path}').read()")),
                ("js", format!("return require('fs').readFileSync('{path}', 'utf8')")),
                ("own", format!("cat {path}")),
            ];
            for (name, code) in reads {
                let answer = ask(&bench, name, &code).await;
                assert!(answer.as_str().unwrap().starts_with("refused"), "{level} {name} {path}: {answer}");
            }
        }
        for path in ["/etc/shadow", "/root", "/home", "/var/log", "/proc/kcore"] {
            let answer = ask(&bench, "own", &format!("cat {path} || ls {path}/*")).await;
            assert!(answer.as_str().unwrap().starts_with("refused"), "{level} {path}: {answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_tmp_can_be_written() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        let outside = bench.home.path().join("written");
        let code = bench.home.path().join("py");
        let open = "/tmp".to_owned();
        for (directory, allowed) in [
            (open, true),
            ("$LAMBDA_TASK_ROOT".to_owned(), false),
            (code.display().to_string(), false),
            ("/usr".to_owned(), false),
            ("/etc".to_owned(), false),
            ("/dev/shm".to_owned(), false),
            ("/".to_owned(), false),
        ] {
            let answer =
                ask(&bench, "own", &format!("echo x > {directory}/written && cat {directory}/written")).await;
            assert_eq!(answer == "x", allowed, "{level} {directory}: {answer}");
        }
        // Below its own /tmp a function may make what it likes; nothing of it reaches the machine.
        ask(&bench, "own", &format!("echo x > {}", outside.display())).await;
        assert!(!outside.exists() && !std::path::Path::new("/tmp/written").exists());
        let answer =
            ask(&bench, "py", "open('/tmp/own', 'w').write('mine')\nreturn os.listdir('/tmp')").await;
        assert!(answer.as_array().unwrap().contains(&json!("own")), "{answer}");
        assert_eq!(
            ask(&bench, "js", "return require('fs').existsSync('/tmp/own')").await,
            false,
            "/tmp is shared"
        );
        let fill = "
written, file = 0, os.open('/tmp/big', os.O_WRONLY | os.O_CREAT)
try:
    while written < 600: written += os.write(file, b'x' * (1 << 20)) >> 20
except OSError as error: return [written, error.errno]
finally: os.close(file)
return [written, 0]";
        // Pages of a full /tmp are memory of the machine, not of the process.
        let full = ask(&bench, "py", fill).await;
        assert_eq!(full[1], 28, "{level}: {full}");
        assert!((500..=512).contains(&full[0].as_u64().unwrap()), "{level}: {full}");
        assert_eq!(ask(&bench, "py", "os.remove('/tmp/big')\nreturn 1").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_sandbox_tmpdir_is_private_and_goes_with_the_process() {
    let bench = confined(Sandbox::None);
    define_shells(&bench);
    let code =
        "import tempfile\nopen(tempfile.gettempdir() + '/x', 'w').write('1')\nreturn tempfile.gettempdir()";
    let directory = ask(&bench, "py", code).await;
    let directory = std::path::PathBuf::from(directory.as_str().unwrap());
    assert!(directory.starts_with(bench.home.path()) && directory.join("x").is_file(), "{directory:?}");
    bench.pool.remove(&arn("py"));
    until("the directory is gone", || !directory.exists()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_outside_cannot_be_reached() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        let me = std::process::id();
        let calls = "
libc = ctypes.CDLL(None, use_errno=True)
def errno(number): return ctypes.get_errno() if number < 0 else 0
parent = os.getppid()
answers = {}
answers['ptrace'] = errno(libc.ptrace(16, parent, 0, 0))
answers['mount'] = errno(libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0))
answers['unshare'] = errno(libc.unshare(0x10000000))
answers['keyctl'] = errno(libc.syscall(250, 0, 0, 0, 0, 0))
answers['bpf'] = errno(libc.syscall(321, 0, 0, 0))
answers['io_uring'] = errno(libc.syscall(425, 8, 0))
answers['x32'] = errno(libc.syscall(0x40000000 + 101, 0, 0, 0, 0))
answers['packet'] = errno(libc.socket(17, 3, 0))
return answers";
        let answers = ask(&bench, "py", calls).await;
        for refused in ["ptrace", "mount", "unshare", "keyctl", "bpf", "packet"] {
            assert_eq!(answers[refused], 1, "{level} {refused}: {answers}");
        }
        assert_eq!((&answers["io_uring"], &answers["x32"]), (&json!(38), &json!(38)), "{level}");
        let kill = format!("os.kill({me}, 0)");
        let answer = ask(&bench, "py", &kill).await;
        assert!(answer.as_str().is_some_and(|text| text.starts_with("refused")), "{level}: {answer}");
        let answer = ask(&bench, "own", &format!("cat /proc/{me}/environ | wc -c")).await;
        assert!(answer == "0" || answer.as_str().unwrap().starts_with("refused"), "{level}: {answer}");
        let guard = "
try: os.kill(os.getppid(), 9)
except OSError as error: return error.errno
return 0";
        let answer = ask(&bench, "py", guard).await;
        assert!(level == Sandbox::Bubblewrap || answer == 1, "{level}: the guard was killed: {answer}");
        assert_eq!(
            ask(&bench, "py", "return open('/proc/self/status').read().count('CapEff:\\t0000000000000000')")
                .await,
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_of_the_machines_services_are_out_of_sight() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        for entry in std::fs::read_dir("/run").unwrap() {
            let path = entry.unwrap().path();
            // Where a resolver keeps what `/etc/resolv.conf` leads to.
            if !path.ends_with("systemd") && !path.ends_with("resolvconf") {
                let code = format!("return os.path.lexists('{}')", path.display());
                assert_eq!(ask(&bench, "py", &code).await, false, "{level} {path:?}");
            }
        }
        assert_eq!(ask(&bench, "py", "return os.path.lexists('/var/lib')").await, false, "{level}");
        let own = "
server = socket.socket(socket.AF_UNIX)
server.bind('/tmp/own.sock')
server.listen()
client = socket.socket(socket.AF_UNIX)
client.connect('/tmp/own.sock')
client.sendall(b'x')
return server.accept()[0].recv(1).decode()";
        assert_eq!(ask(&bench, "py", own).await, "x", "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ports_of_the_machine_are_not_taken_and_own_servers_work() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let fixed = format!("socket.socket().bind(('127.0.0.1', {free}))");
        assert_eq!(ask(&bench, "py", &fixed).await, "refused: PermissionError 13", "{level}");
        let own = "
server = socket.create_server(('127.0.0.1', 0))
socket.create_connection(server.getsockname()).sendall(b'x')
return server.accept()[0].recv(1).decode()";
        assert_eq!(ask(&bench, "py", own).await, "x", "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_the_machine_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    // Not below a directory that every sandbox covers.
    let outside = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let file = outside.path().join("file");
    std::fs::write(&file, "").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let path = file.display();
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        for change in [
            format!("os.chmod('{path}', 0o4777)"),
            format!("os.chown('{path}', os.getuid(), -1)"),
            format!("os.utime('{path}')"),
            format!("os.setxattr('{path}', 'user.x', b'1')"),
            "os.utime(os.environ['LAMBDA_TASK_ROOT'])".to_owned(),
            "os.chmod('/usr/bin/env', 0o755)".to_owned(),
            // A program to run for every crash of the machine: root needs no capability to set it.
            "os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY)".to_owned(),
        ] {
            let answer = ask(&bench, "py", &change).await;
            assert!(
                answer.as_str().is_some_and(|it| it.starts_with("refused")),
                "{level} {change}: {answer}"
            );
        }
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o7777, 0o600, "{level}");
        let own = "open('/tmp/x', 'w').close()\nos.chmod('/tmp/x', 0o700)\nos.utime('/tmp/x')\nreturn 1";
        assert_eq!(ask(&bench, "py", own).await, 1, "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_processes_keep_their_limits_and_their_turns() {
    let me = std::process::id();
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        for reach in [
            format!("__import__('resource').prlimit({me}, 7)"),
            format!("os.setpriority(os.PRIO_PROCESS, {me}, 19)"),
            "os.setpriority(os.PRIO_USER, 0, 19)".to_owned(),
            format!("os.sched_setaffinity({me}, [0])"),
            format!("os.sched_setscheduler({me}, os.SCHED_IDLE, os.sched_param(0))"),
        ] {
            let answer = ask(&bench, "py", &reach).await;
            assert_eq!(answer, "refused: PermissionError 1", "{level} {reach}");
        }
        let own = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (512, 1024))\n\
                   os.setpriority(os.PRIO_PROCESS, 0, 1)\nos.sched_setaffinity(0, os.sched_getaffinity(0))\nreturn 1";
        assert_eq!(ask(&bench, "py", own).await, 1, "{level}");
    }
}

#[cfg(target_arch = "x86_64")]
#[tokio::test(flavor = "multi_thread")]
async fn calls_by_the_numbers_of_older_machines_end_the_process() {
    // mov eax, 20 (getpid of i386); int 0x80; ret
    let older = "
import mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes.fromhex('b814000000cd80c3'))
return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()";
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        let failure = bench.failure("py", &json!(older).to_string()).await;
        let message = failure["errorMessage"].as_str().unwrap();
        assert!(message.ends_with("signal: bad system call"), "{level}: {failure}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_that_is_no_process_s_is_not_to_be_had() {
    for level in CONFINED {
        let bench = confined(level);
        define_shells(&bench);
        assert_eq!(ask(&bench, "py", "os.memfd_create('x')").await, "refused: OSError 38", "{level}");
        let segment = "
libc = ctypes.CDLL(None, use_errno=True)
return [libc.shmget(0, 4096, 0o600), ctypes.get_errno()]";
        assert_eq!(ask(&bench, "py", segment).await, json!([-1, 38]), "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_over_the_limit_ends_the_process_as_lambda_does() {
    let message =
        "RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Error: Runtime exited with error: signal: killed";
    let killed = json!({ "errorType": "Runtime.ExitError", "errorMessage": message });
    for level in Sandbox::ALL {
        let bench = confined(level);
        define_shells(&bench);
        let own = bootstrap(
            "    held = [bytearray(os.urandom(1 << 20)) * 4 for _ in range(250)]\n    time.sleep(20)\n",
        );
        bench.define("hog", Runtime::Provided, "x", &[("bootstrap", &own)]);
        let hogs = [
            ("py", "held = [b'x' * (8 << 20) for _ in range(100)]\ntime.sleep(20)"),
            (
                "js",
                "const held = []; for (let i = 0; i < 100; i++) held.push(Buffer.alloc(8 << 20, 1)); await new Promise((done) => setTimeout(done, 20000))",
            ),
            (
                "py",
                "subprocess.run([sys.executable, '-c', 'import time; held = [b\"x\" * (8 << 20) for _ in range(100)]; time.sleep(20)'])\ntime.sleep(20)",
            ),
            ("hog", ""),
        ];
        for (name, code) in hogs {
            assert_eq!(bench.failure(name, &json!(code).to_string()).await, killed, "{level} {name} {code}");
        }
        let reports: Vec<u64> = bench
            .lines()
            .iter()
            .filter_map(|line| {
                let rest = line.text.strip_prefix("REPORT ")?.split_once("Max Memory Used: ")?.1;
                rest.split(' ').next()?.parse().ok()
            })
            .collect();
        assert!(reports.iter().all(|used| *used >= 128), "{level}: {reports:?}");
        assert!(
            bench.printed().iter().any(|line| line.contains("MemorySize is 128 MB")),
            "{:?}",
            bench.printed()
        );
        assert_eq!(ask(&bench, "py", "return 1").await, 1, "the next call is served");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_processes_are_bounded() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        define_shells(&bench);
        let files = "
held = []
try:
    for _ in range(5000): held.append(os.open('/dev/null', os.O_RDONLY))
except OSError as error: return [len(held) < 1024, error.errno]
return [False, 0]";
        assert_eq!(ask(&bench, "py", files).await, json!([true, 24]), "{level}");
        // Bounded by itself too, should the bound not hold: this runs on somebody's machine.
        let bomb = "
for _ in range(1500):
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(15)
            os._exit(0)
    except OSError: break
time.sleep(15)";
        let failure = bench.failure("py", &json!(bomb).to_string()).await;
        assert!(failure["errorMessage"].as_str().unwrap().ends_with("signal: killed"), "{level}: {failure}");
        assert_eq!(ask(&bench, "py", "return 1").await, 1, "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_process_survives_its_function() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        define_shells(&bench);
        let mark = format!("9{:06}.{}", std::process::id(), level as u8);
        let escape = format!(
            "
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            os.execv('/bin/sleep', ['sleep', '{mark}'])
        os._exit(0)
subprocess.Popen(['/bin/sleep', '{mark}'], start_new_session=True)
return 'escaped'"
        );
        assert_eq!(ask(&bench, "py", &escape).await, "escaped", "{level}");
        until("the escaped processes run", || sleepers(&mark).len() == 4).await;
        in_time(bench.pool.shutdown(std::time::Duration::ZERO)).await;
        until("nothing is left", || sleepers(&mark).is_empty()).await;
    }
}

/// The host of the next test: runs only in a process that the test has started.
#[tokio::test(flavor = "multi_thread")]
async fn host_of_a_confined_function() {
    let Ok(host) = std::env::var("STAGEDOOR_TEST_HOST") else { return };
    let (level, mark) = host.split_once(' ').unwrap();
    let bench = confined(level.parse().unwrap());
    define_shells(&bench);
    let escape = format!(
        "
subprocess.Popen(['/bin/sleep', '{mark}'])
subprocess.Popen(['/bin/sh', '-c', '(/bin/sleep {mark} &) ; exec /bin/sleep {mark}'], start_new_session=True)
time.sleep(100)"
    );
    bench.failure("py", &json!(escape).to_string()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_process_survives_the_gateway() {
    for level in CONFINED {
        let mark = format!("8{:06}.{}", std::process::id(), level as u8);
        let mut host = tokio::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "host_of_a_confined_function"])
            .env("STAGEDOOR_TEST_HOST", format!("{level} {mark}"))
            .stdout(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        until("the sleepers sleep", || sleepers(&mark).len() == 3).await;
        host.kill().await.unwrap();
        until("nothing is left", || sleepers(&mark).is_empty()).await;
    }
}

/// Living processes that sleep for `mark`.
fn sleepers(mark: &str) -> Vec<String> {
    let entries = std::fs::read_dir("/proc").unwrap();
    let pids = entries.filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    pids.filter(|pid| {
        let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.contains(mark) && !line.contains("python") && is_alive(pid)
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_are_found_where_lambda_puts_them() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        let one = bench.code(
            "layer-one",
            &[
                ("python/shared.py", "WHERE = 'one'"),
                ("python/lib/python3.12/site-packages/packed.py", "WHERE = 'one'"),
                ("nodejs/node_modules/shared/index.js", "module.exports = 'one'"),
                ("data.txt", "one"),
            ],
        );
        let two = bench.code(
            "layer-two",
            &[
                ("python/shared.py", "WHERE = 'two'"),
                ("nodejs/node_modules/shared/index.js", "module.exports = 'two'"),
                ("bin/tool", "#!/bin/sh\necho tool\n"),
            ],
        );
        std::fs::set_permissions(two.join("bin/tool"), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
        let layers = || vec![Code::Directory(one.clone()), Code::Directory(two.clone())];
        bench.define_with("py", PYTHON, "app.handler", &[PYTHON_SHELL], |spec| spec.layers = layers());
        bench.define_with("js", NODE, "index.handler", &[NODE_SHELL], |spec| spec.layers = layers());
        let python = "
import shared, packed
return [shared.WHERE, packed.WHERE, subprocess.check_output(['tool'], text=True).strip()]";
        assert_eq!(ask(&bench, "py", python).await, json!(["two", "one", "tool"]), "{level}");
        assert_eq!(ask(&bench, "js", "return require('shared')").await, "two", "{level}");
        if level != Sandbox::None {
            assert_eq!(ask(&bench, "py", "return open('/opt/data.txt').read()").await, "one", "{level}");
            let write = ask(&bench, "py", "open('/opt/data.txt', 'w')").await;
            assert!(write.as_str().unwrap().starts_with("refused"), "{level}: {write}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_process_survives_its_guard() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        define_shells(&bench);
        let mark = format!("8{:06}.{}", std::process::id(), level as u8);
        let escape = format!(
            "
subprocess.Popen(['/bin/sleep', '{mark}'], start_new_session=True)
subprocess.Popen(['/bin/sleep', '{mark}'])
return 1"
        );
        assert_eq!(ask(&bench, "py", &escape).await, 1, "{level}");
        let sleepers = || sleeping(&mark);
        assert_eq!(sleepers().len(), 2, "{level}");
        kill_guard_of(&sleepers()[0]);
        until("the tree is gone", || sleepers().is_empty()).await;
        assert_eq!(ask(&bench, "py", "return 2").await, 2, "{level}: the next call is served");
    }
}

/// The processes that sleep for so long.
fn sleeping(seconds: &str) -> Vec<String> {
    let found = std::process::Command::new("pgrep").args(["-f", &format!("^/bin/sleep {seconds}$")]).output();
    String::from_utf8(found.unwrap().stdout).unwrap().split_whitespace().map(str::to_owned).collect()
}

/// The guard is the nearest ancestor that has its name.
fn kill_guard_of(pid: &str) {
    let (mut pid, read) = (pid.to_owned(), |path: String| std::fs::read_to_string(path).unwrap());
    while !read(format!("/proc/{pid}/cmdline")).contains("__lambda-guard") {
        let stat = read(format!("/proc/{pid}/stat"));
        pid = stat.rsplit_once(") ").unwrap().1.split(' ').nth(1).unwrap().to_owned();
        assert_ne!(pid, "1", "a guard above it");
    }
    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runtime_may_be_a_layer_and_what_cannot_start_is_told_in_each_sandbox() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        let answering = bootstrap(
            "    request('POST', 'invocation/' + id + '/response', json.dumps([event, sys.argv[0]]))",
        );
        let runtime = bench.code("runtime", &[("bootstrap", &answering)]);
        let other = bench.code("other", &[("bin/tool", "")]);
        bench.define_with("php", Runtime::Provided, "x", &[("index.php", "")], |spec| {
            spec.layers = vec![Code::Directory(other.clone()), Code::Directory(runtime.clone())];
        });
        let answer: Value = serde_json::from_str(&bench.answer("php", "7").await).unwrap();
        assert_eq!(answer[0], 7, "{level}");
        assert!(level == Sandbox::None || answer[1] == "/opt/bootstrap", "{level}: {answer}");
        bench.define("lost", Runtime::Provided, "x", &[("bootstrap", "#!/no/such/program\n")]);
        let failure = bench.failure("lost", "{}").await;
        assert_eq!(failure["errorType"], "Runtime.InvalidEntrypoint", "{level}: {failure}");
        assert!(
            failure["errorMessage"].as_str().unwrap().ends_with("no such file or directory"),
            "{failure}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bubblewrap_shows_lambdas_own_places_and_hides_processes() {
    let bench = confined(Sandbox::Bubblewrap);
    define_shells(&bench);
    let code = "return [os.getcwd(), os.environ['LAMBDA_TASK_ROOT'], os.environ['LAMBDA_RUNTIME_DIR'], len([p for p in os.listdir('/proc') if p.isdigit()])]";
    assert_eq!(ask(&bench, "py", code).await, json!(["/var/task", "/var/task", "/var/runtime", 2]));
    assert_eq!(ask(&bench, "own", "ls -d /home /var/lib /work /srv 2>/dev/null | wc -l").await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_of_a_function_do_not_rule_its_guard() {
    for level in Sandbox::ALL {
        let bench = confined(level);
        let preload = bench.home.path().join("py/evil.so").display().to_string();
        bench.define_with("py", PYTHON, "app.handler", &[PYTHON_SHELL], |spec| {
            spec.environment = vec![("LD_PRELOAD".to_owned(), preload.clone())];
        });
        let code = "return open('/proc/self/environ').read().count('LD_PRELOAD')";
        assert_eq!(ask(&bench, "py", code).await, 1, "{level}");
        let complaints = bench.printed().iter().filter(|line| line.contains("cannot be preloaded")).count();
        assert_eq!(complaints, 1, "{level}: only the interpreter itself is told: {:?}", bench.printed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_that_cannot_be_had_is_refused() {
    let bench = bench_with(|config| {
        config.sandboxes.by_function.insert("strict".to_owned(), Sandbox::Kernel);
        config.guard = stagedoor_lambda::GuardProgram::Program("/bin/false".into());
    });
    bench.define("strict", PYTHON, "app.handler", &[PYTHON_SHELL]);
    let refused = in_time(bench.pool.invoke(&arn("strict"), invocation("strict", "1"))).await.unwrap_err();
    let text = refused.to_string();
    assert!(
        text.contains("the sandbox `kernel` does not work on this machine")
            && text.contains("stagedoor doctor"),
        "{text}"
    );
}
