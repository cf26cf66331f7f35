import type { CommandShape, FlagShape, Values } from './completion.ts';

/** By shell: the script that completes what is typed behind `apiarch`. */
export const scripts = { bash, zsh, fish, powershell } as const;

type Script = (commands: readonly CommandShape[], global: readonly FlagShape[]) => string;

/** For bash 3.2 and later, since that is what macOS has: no associative arrays, no `mapfile`, no bash-completion. */
function bash(...[commands, global]: Parameters<Script>): string {
  const cases = commands.map(({ name, flags, values }) => {
    const all = [...flags, ...global];
    const taking = all.filter((flag) => flag.values !== null);
    return `    ${name})
      flags=${quoted(namesOf(all).join(' '))}
${bashValues('      ', values)}
      case $before in
${taking.map((flag) => `        ${flag.names.join('|')})\n          flags=''\n${bashValues('          ', flag.values!)} ;;`).join('\n')}
      esac ;;`;
  });
  return `# bash completion for apiarch; made by \`apiarch completion bash\`
_apiarch() {
  local IFS=$' \\t\\n'
  local line=\${COMP_LINE:0:COMP_POINT} typed=() word command='' current before='' inside='' flags='' words='' paths=''
  # What readline breaks at \`=\` and \`:\` is one word here; quotes do not matter in what apiarch takes.
  read -r -a typed <<< "$line"
  [[ $line == *[[:space:]] ]] && typed+=('')
  local last=$(( \${#typed[@]} - 1 ))
  (( last < 1 )) && return
  current=\${typed[last]}
  (( last > 1 )) && before=\${typed[last - 1]}
  for word in "\${typed[@]:1:last-1}"; do
    case $word in ${commands.map(({ name }) => name).join('|')}) command=$word; break ;; esac
  done
  if [[ $current == --*=* ]]; then
    before=\${current%%=*} inside=$before= current=\${current#*=}
  fi
  case $command in
    '') flags=${quoted(namesOf(global).join(' '))} words=${quoted(commands.map(({ name }) => name).join(' '))} ;;
${cases.join('\n')}
  esac
  # \`sarif:report.sarif\`: a file stands behind the colon.
  if [[ $paths == reports && $current == *:* ]]; then
    inside=$inside\${current%%:*}: current=\${current#*:} words='' paths=files
  fi
  COMPREPLY=()
  [[ -n $inside || $current != -* ]] || words="$words $flags"
  local reply
  while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(compgen -W "$words" -- "$current")
  case $paths in
    files) while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(compgen -f -- "$current") ; compopt -o filenames 2>/dev/null ;;
    folders) while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(compgen -d -- "$current") ; compopt -o filenames 2>/dev/null ;;
  esac
  # Readline puts back only what stands behind the last of its word breaks.
  local whole=$inside$current index cut=''
  case $whole in
    *[=:]*) if [[ $COMP_WORDBREAKS == *:* || $COMP_WORDBREAKS == *=* ]]; then cut=\${whole%"\${whole##*[=:]}"}; else cut=''; fi ;;
  esac
  for index in "\${!COMPREPLY[@]}"; do
    reply=$inside\${COMPREPLY[index]}
    COMPREPLY[index]=\${reply#"$cut"}
  done
}
complete -F _apiarch apiarch
`;
}

function bashValues(indent: string, { words, paths }: Values): string {
  // `compgen` would expand what shells find special.
  const plain = words.filter((word) => /^[\w.,:@%+/=-]+$/.test(word));
  return `${indent}words=${quoted(plain.join(' '))} paths=${paths}`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html: `_arguments`, which wants `:` escaped. */
function zsh(...[commands, global]: Parameters<Script>): string {
  const functions = commands.map(({ name, flags, values }) => {
    const lines = [...flags, ...global].flatMap(zshFlag);
    return `_apiarch_${name}() {\n  _arguments -s -S \\\n${lines.join('')}    ${quoted(`*: :${zshAction(values)}`)}\n}\n`;
  });
  const names = commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}\n`);
  return `#compdef apiarch
# zsh completion for apiarch; made by \`apiarch completion zsh\`

${functions.join('\n')}
_apiarch() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${names.join('')}  )
  _arguments -C \\
${global.flatMap(zshFlag).join('')}    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest) (( $+functions[_apiarch_$words[1]] )) && _apiarch_$words[1] ;;
  esac
}

if [ "$funcstack[1]" = _apiarch ]; then
  _apiarch "$@"
else
  compdef _apiarch apiarch
fi
`;
}

function zshFlag({ names, about, values }: FlagShape): string[] {
  const told = about.replace(/[[\]\\:]/g, '\\$&');
  return names.map((name) => {
    const isLong = name.startsWith('--');
    const value = values === null ? '' : `: :${zshAction(values)}`;
    return `    ${quoted(`*${name}${values !== null && isLong ? '=' : ''}[${told}]${value}`)} \\\n`;
  });
}

function zshAction({ words, paths }: Values): string {
  const listed = words.map((word) => word.replace(/[:\\() ]/g, '\\$&')).join(' ');
  if (paths === 'none' || paths === 'reports') return words.length > 0 ? `(${listed})` : ' ';
  const files = paths === 'files' ? '_files' : '_files -/';
  return words.length > 0 ? `{_alternative "words: :(${listed})" "paths: :${files}"}` : files;
}

/** https://fishshell.com/docs/current/cmds/complete.html */
function fish(...[commands, global]: Parameters<Script>): string {
  const all = commands.map(({ name }) => name).join(' ');
  const lines = [
    '# fish completion for apiarch; made by `apiarch completion fish`',
    'complete -c apiarch -f',
    ...global.map((flag) => fishFlag(flag, '')),
  ];
  for (const { name, about } of commands) {
    lines.push(
      `complete -c apiarch -n ${fishQuoted(`not __fish_seen_subcommand_from ${all}`)} -a ${name} -d ${fishQuoted(about)}`,
    );
  }
  for (const { name, flags, values } of commands) {
    const seen = `-n ${fishQuoted(`__fish_seen_subcommand_from ${name}`)}`;
    lines.push(...flags.map((flag) => fishFlag(flag, ` ${seen}`)));
    if (values.words.length > 0) lines.push(`complete -c apiarch ${seen} -a ${fishQuoted(values.words.join(' '))}`);
    if (values.paths !== 'none') lines.push(`complete -c apiarch ${seen} -F`);
  }
  return `${lines.join('\n')}\n`;
}

function fishFlag({ names, about, values }: FlagShape, condition: string): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  const words = values && values.words.length > 0 ? ` -a ${fishQuoted(values.words.join(' '))}` : '';
  const takes =
    values === null ? '' : ` -r${values.paths === 'none' || values.paths === 'reports' ? ' -f' : ' -F'}${words}`;
  return `complete -c apiarch${condition} ${spelt}${takes} -d ${fishQuoted(about)}`;
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter */
function powershell(...[commands, global]: Parameters<Script>): string {
  const table = commands.map(({ name, flags, values }) => {
    const all = [...flags, ...global];
    const taking = all.flatMap((flag) =>
      flag.values && flag.values.words.length > 0
        ? flag.names.map((one) => `        ${psQuoted(one)} = ${psList(flag.values!.words)}\n`)
        : [],
    );
    return `    ${psQuoted(name)} = @{
      flags = ${psList(namesOf(all))}
      words = ${psList(values.words)}
      values = @{
${taking.join('')}      }
    }
`;
  });
  return `# PowerShell completion for apiarch; made by \`apiarch completion powershell\`
Register-ArgumentCompleter -Native -CommandName apiarch -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${table.join('')}  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = $typed | Where-Object { $commands.ContainsKey($_) } | Select-Object -First 1
  if (-not $command) {
    $candidates = @($commands.Keys | Sort-Object) + ${psList(namesOf(global))}
  } elseif ($typed.Count -gt 0 -and $commands[$command].values.ContainsKey($typed[-1])) {
    $candidates = $commands[$command].values[$typed[-1]]
  } elseif ($wordToComplete -like '-*') {
    $candidates = $commands[$command].flags
  } else {
    $candidates = $commands[$command].words
  }
  # Without a candidate PowerShell offers paths.
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function namesOf(flags: readonly FlagShape[]): string[] {
  return [...new Set(flags.flatMap(({ names }) => names))];
}

/** For POSIX shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function psQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function psList(words: readonly string[]): string {
  return `@(${words.map(psQuoted).join(', ')})`;
}
