# Completion of imds for fish

function __imds_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end

function __imds_categories
    imds -L -r 2>/dev/null | string match -v '*{*' | string replace -r '^meta-data/' ''
end

complete -c imds -f
complete -c imds -n __fish_is_first_token -a 'serve record watch'
complete -c imds -n 'not __imds_is serve record watch' -a '(__imds_categories)'
complete -c imds -s v -l verbose -d 'Log requests'
complete -c imds -s h -l help -d 'Show the help'
complete -c imds -s V -l version -d 'Show the version'
complete -c imds -n 'not __imds_is serve' -l simulate -d 'Use a simulated instance'
complete -c imds -n 'not __imds_is serve' -l imds -x -d 'Addresses of the service'
complete -c imds -n 'not __imds_is serve' -s t -x -a '(__fish_complete_directories)' -d 'Directory of session tokens'
complete -c imds -n 'not __imds_is serve' -l no-token-cache -d 'Keep no session token'
complete -c imds -n 'not __imds_is serve' -l timeout -x -d 'Time limit of one request'
complete -c imds -n 'not __imds_is serve record watch' -s a -l all -d 'Print everything'
complete -c imds -n 'not __imds_is serve record watch' -s E -x -d 'Print what matches'
complete -c imds -n 'not __imds_is serve record watch' -s L -l list-all -d 'List all categories'
complete -c imds -n 'not __imds_is serve record watch' -s l -x -d 'List what matches'
complete -c imds -n 'not __imds_is serve watch' -s U -l user-data -d 'Write or record the user data'
complete -c imds -n 'not __imds_is serve record watch' -s r -l raw -d 'Print the values alone'
complete -c imds -n 'not __imds_is serve record watch' -l format -x -a 'json yaml properties env' -d Format
complete -c imds -n 'not __imds_is serve watch' -l show-secrets -d 'Show secrets'
complete -c imds -n '__imds_is record' -s o -l output -r -d 'File to write to'
complete -c imds -n '__imds_is record' -l keep-names -d 'Keep what identifies the instance'
complete -c imds -n '__imds_is serve' -l port -x -d 'Port of the service'
complete -c imds -n '__imds_is serve' -l address -x -d 'Address to listen on'
complete -c imds -n '__imds_is serve' -l control-port -x -d 'Port of the control API'
complete -c imds -n '__imds_is serve' -l tree -r -d 'Values of the instance'
complete -c imds -n '__imds_is serve' -l latency -x -d 'Delay of every response'
complete -c imds -n '__imds_is serve' -l spot-in -x -d 'Time until the Spot notice'
complete -c imds -n '__imds_is serve' -l rebalance-in -x -d 'Time until the recommendation'
complete -c imds -n '__imds_is serve' -l throttle -x -d 'Requests to answer with 503'
complete -c imds -n '__imds_is serve' -l disabled -d 'Switch the service off'
complete -c imds -n '__imds_is watch' -l exec -x -d 'Command for each notice'
complete -c imds -n '__imds_is watch' -l interval -x -d 'Time between two looks'
complete -c imds -n '__imds_is watch' -l tags -d 'Watch tags too'
