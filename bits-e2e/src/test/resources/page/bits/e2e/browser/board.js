// The page's own script: a variable that any reload would lose.
window.openedOnce = 'kept';
