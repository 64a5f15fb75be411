# fish completion for trainclustering:
#   trainclustering completion fish | source
function __trainclustering_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l value (string replace -r -- '^--[^=]*=' '' $current)
    set -l before (string sub -l (math (string length -- "$current") - (string length -- "$value")) -- "$current")
    for line in ($words[1] __complete fish $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                string replace -r -- '^' "$before" (__fish_complete_path "$value")
            case :folders
                string replace -r -- '^' "$before" (__fish_complete_directories "$value")
            case :open
            case '*'
                echo $line
        end
    end
end
complete -c trainclustering -f -a '(__trainclustering_complete)'
