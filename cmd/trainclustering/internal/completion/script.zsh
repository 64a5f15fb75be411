#compdef trainclustering
# zsh completion for trainclustering, to source after compinit, or to keep as
# _trainclustering in a folder of $fpath:
#   source <(trainclustering completion zsh)
_trainclustering() {
	local line
	local -a found blank
	for line in "${(@f)$("${words[1]/#\~\//$HOME/}" __complete zsh "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
		case $line in
		:files) compset -P '--*='; _files ;;
		:folders) compset -P '--*='; _files -/ ;;
		:open) blank=(-S '') ;;
		?*) found+=("$line") ;;
		esac
	done
	(( $#found )) && _describe 'trainclustering' found $blank
}
if [[ ${funcstack[1]} == _trainclustering ]]; then
	_trainclustering "$@"
else
	(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
	compdef _trainclustering trainclustering
fi
