//! The program from outside: its input, its output, its exit codes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_intercom-conformance"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    // A program that refuses its arguments may be gone before it reads.
    let _ = stdin.write_all(input);
    drop(stdin);
    program.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_misuse_gives_2_and_names_the_fix() {
    for (arguments, reason) in [
        (&[][..], "a command is missing"),
        (&["dance"], "there is no command \"dance\""),
        (&["decode", "extra"], "unexpected argument \"extra\""),
        (&["encode", "--loud"], "invalid option '--loud'"),
        (
            &["decode", "-v"],
            "--verbose is for check and emulator alone",
        ),
        (&["emulator"], "emulator needs the directory"),
        (&["check"], "check needs the directory"),
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let complaint = text(&output.stderr);
        assert!(complaint.contains(reason), "{complaint}");
        assert!(complaint.contains("--help"), "{complaint}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_names_every_command() {
    let output = run(&["--help"], b"");
    assert_eq!(output.status.code(), Some(0));
    for command in ["operations", "decode", "encode", "check", "emulator"] {
        assert!(text(&output.stdout).contains(command));
    }
}

#[test]
fn a_malformed_line_does_not_end_the_program() {
    let mut input = b"nonsense\n\xff\xfe\n\n".to_vec();
    input.extend("[".repeat(10_000).bytes());
    // The last line needs no end.
    input.extend(b"\n{\"method\":\"GET\",\"path\":\"/tags/7\",\"version\":\"2.16\",\"status\":200,\"body\":{\"id\":\"7\"}}");
    for command in ["decode", "encode"] {
        let output = run(&[command], &input);
        assert_eq!(output.status.code(), Some(0));
        let answers: Vec<Value> = text(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let ok: Vec<bool> = answers.iter().map(|answer| answer["ok"] == true).collect();
        assert_eq!(ok, [false, false, false, true]);
        assert_eq!(answers[3]["endpoint"], "tags::Get");
    }
}

#[test]
fn a_check_fails_with_1_where_an_example_does_or_nothing_can_be_checked() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    let empty = run(&["check", path], b"");
    assert_eq!(empty.status.code(), Some(1));
    assert!(text(&empty.stderr).contains("has no OpenAPI description"));

    let description = |example: &str| {
        let paths = format!(
            r#"{{"/tags/{{id}}":{{"get":{{"responses":{{"200":{{"content":{{"application/json":{{"example":{example}}}}}}}}}}}}}}}"#
        );
        let file = directory.path().join("extra.json");
        std::fs::write(file, format!(r#"{{"paths":{paths}}}"#)).unwrap();
        run(&["check", path], b"")
    };
    assert_eq!(description(r#"{"id":"7"}"#).status.code(), Some(0));
    let failed = description(r#"{"id":"7","colour":"red"}"#);
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stdout).contains("colour: lost \"red\""));
}
