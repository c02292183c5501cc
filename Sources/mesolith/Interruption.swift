import Foundation
import Synchronization

/// The wish of SIGINT or SIGTERM to stop after the step at hand. A second signal stops at once.
enum Interruption {
    private static let requested = Atomic<Bool>(false)

    /// Whether a signal came.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Begins to listen.
    static func watch() {
        // Made here and not within the handler, where a first use might find its own lock taken.
        requested.store(false, ordering: .relaxed)
        // A process inherits the mask of the thread that started it, which in a worker thread blocks every signal.
        var mask = sigset_t()
        sigemptyset(&mask)
        for number in [SIGINT, SIGTERM] { sigaddset(&mask, number) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        for number in [SIGINT, SIGTERM] {
            signal(number) { received in
                Interruption.requested.store(true, ordering: .relaxed)
                signal(received, SIG_DFL)
            }
        }
    }
}
