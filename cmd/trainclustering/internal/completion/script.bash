# bash completion for trainclustering; it needs no other script:
#   source <(trainclustering completion bash)
_trainclustering() {
	local current=${COMP_WORDS[COMP_CWORD]} line file
	[ "$current" = '=' ] && current=
	COMPREPLY=()
	while IFS= read -r line; do
		case $line in
		:files | :folders)
			compopt -o filenames 2>/dev/null
			while IFS= read -r file; do
				COMPREPLY+=("$file")
			done < <(if [ "$line" = :files ]; then compgen -f -- "$current"; else compgen -d -- "$current"; fi)
			;;
		:open) compopt -o nospace 2>/dev/null ;;
		*) COMPREPLY+=("$line") ;;
		esac
	done < <("${COMP_WORDS[0]/#\~\//$HOME/}" __complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _trainclustering trainclustering
