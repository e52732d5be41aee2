use std::ffi::OsString;

use clap::{Arg, ColorChoice, Command, ValueEnum};

/// Moves options that stand before the command behind it, so that they count as if they stood there: the command
/// refuses those that mean nothing to it.
pub(super) fn options_behind_command(arguments: Vec<OsString>, root: &Command) -> Vec<OsString> {
    let mut rest = arguments.iter().skip(1).peekable();
    let (mut path, mut options) = (Vec::new(), Vec::new());
    let mut command = root;
    while let Some(argument) = rest.peek() {
        let Some(text) = argument.to_str() else { break };
        if matches!(text, "--" | "-" | "-h" | "--help" | "-V" | "--version") {
            return arguments;
        }
        if text.starts_with('-') {
            let takes_next = takes_next_argument(text, root);
            options.extend(rest.next().cloned());
            let is_value = |next: &&OsString| {
                // An unknown option may have a value, too.
                let text = next.to_str().unwrap_or_default();
                takes_next
                    .unwrap_or_else(|| !text.starts_with('-') && command.find_subcommand(text).is_none())
            };
            options.extend(rest.next_if(is_value).cloned());
        } else if let Some(next) = command.find_subcommand(text) {
            path.extend(rest.next().cloned());
            command = next;
            if !command.has_subcommands() {
                break;
            }
        } else {
            break;
        }
    }
    if command.has_subcommands() && (!path.is_empty() || rest.peek().is_some()) {
        // A missing or mistyped command is the mistake to report, not the options before it.
        options.clear();
    }
    arguments.iter().take(1).chain(&path).chain(&options).chain(rest).cloned().collect()
}

/// Whether the value of the option stands in the next argument; `None` if no command has the option. Options of one name
/// are alike in all commands.
fn takes_next_argument(text: &str, root: &Command) -> Option<bool> {
    let commands = all_commands(root);
    let takes_value = |is_meant: &dyn Fn(&Arg) -> bool| {
        let mut arguments = commands.iter().flat_map(|command| command.get_arguments());
        let argument = arguments.find(|argument| is_meant(argument))?;
        Some(argument.get_action().takes_values() && !argument.is_require_equals_set())
    };
    match text.strip_prefix("--") {
        Some(long) if long.contains('=') => Some(false),
        Some(long) => takes_value(&|argument| argument.get_long() == Some(long)),
        None => {
            let mut letters = text.chars().skip(1).peekable();
            while let Some(letter) = letters.next() {
                if takes_value(&|argument| argument.get_short() == Some(letter))? {
                    return Some(letters.peek().is_none());
                }
            }
            Some(false)
        }
    }
}

fn all_commands(command: &Command) -> Vec<&Command> {
    let mut commands = vec![command];
    for command in command.get_subcommands() {
        commands.extend(all_commands(command));
    }
    commands
}

/// Returns the value of `--color`, wherever it stands: help and mistakes heed it, too.
pub(super) fn colour_of(arguments: &[OsString]) -> ColorChoice {
    let texts: Vec<_> =
        arguments.iter().skip(1).map(|argument| argument.to_str().unwrap_or_default()).collect();
    let texts = texts.split(|text| *text == "--").next().unwrap_or_default();
    let named = texts.iter().zip(texts.iter().skip(1)).filter(|(option, _)| **option == "--color");
    let joined = texts.iter().filter_map(|text| text.strip_prefix("--color="));
    let value = named.map(|(_, value)| *value).chain(joined).next_back();
    value.and_then(|value| ColorChoice::from_str(value, false).ok()).unwrap_or(ColorChoice::Auto)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::options_behind_command;
    use crate::command_line::Cli;

    fn ordered(line: &str) -> String {
        let arguments = line.split(' ').map(Into::into).collect();
        let ordered = options_behind_command(arguments, &Cli::command());
        ordered.join(" ".as_ref()).into_string().unwrap()
    }

    #[test]
    fn options_before_a_command_count_as_if_they_stood_behind_it() {
        for (given, expected) in [
            ("o links 16", "o links 16"),
            ("o --sandbox links 16", "o links --sandbox 16"),
            ("o --format csv -qo links links 16 -v", "o links --format csv -qo links 16 -v"),
            ("o --format=csv links --from links", "o links --format=csv --from links"),
            ("o --unknown links", "o links --unknown"),
            ("o --sandbox --unknown 1 links 16", "o links --sandbox --unknown 1 16"),
            ("o --sandbox link 16", "o link 16"),
            ("o --sandbox offers lst", "o offers lst"),
            ("o --sandbox offers", "o offers"),
            ("o --sandbox offers --quota 5/1 list", "o offers list --sandbox --quota 5/1"),
            ("o --help links", "o --help links"),
            ("o -- links", "o -- links"),
            ("o --sandbox", "o --sandbox"),
            ("o --format", "o --format"),
        ] {
            assert_eq!(ordered(given), expected);
        }
    }
}
