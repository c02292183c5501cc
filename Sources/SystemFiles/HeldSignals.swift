import Glibc

/// Does work that must not be cut short: the signals with which people and batch systems end a process wait until it is done.
///
/// SIGKILL does not wait. Other threads of this program block all signals, so that none of them takes one meanwhile.
package func holdingSignals<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    var (held, before) = (sigset_t(), sigset_t())
    sigemptyset(&held)
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU] { sigaddset(&held, number) }
    pthread_sigmask(SIG_BLOCK, &held, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try work()
}
