/** Each hands the words of a line to `completion SHELL -- WORDS`, which prints an offer and its description per line. */
export const SCRIPTS = {
  bash: `_exchange_sync() {
  local IFS=$'\\n'
  COMPREPLY=($(exchange-sync completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  COMPREPLY=("\${COMPREPLY[@]%%$'\\t'*}")
  [[ $COMPREPLY == '<files>' ]] || return
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _exchange_sync exchange-sync`,
  zsh: `#compdef exchange-sync
_exchange-sync() {
  local -a offers=(\${(f)"$(exchange-sync completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  compset -P '--*='
  if [[ $offers[1] == '<files>'* ]]; then _files; else offers=(\${offers/$'\\t'/:}); _describe exchange-sync offers; fi
}
if [[ $funcstack[1] == _exchange-sync ]]; then _exchange-sync "$@"; else compdef _exchange-sync exchange-sync; fi`,
  fish: `function __exchange_sync_offers
  set -l offers (exchange-sync completion fish -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
  if string match -q '<files>*' -- $offers[1]; __fish_complete_path (commandline -ct); else; printf '%s\\n' $offers; end
end
complete -c exchange-sync -f -a '(__exchange_sync_offers)'`,
} as const;

export type Shell = keyof typeof SCRIPTS;
export const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];
