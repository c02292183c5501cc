import Foundation
import Synchronization

/// The wish of a signal to stop: a run after the step at hand, a study without its unfinished points. A second signal stops
/// at once.
enum Interruption {
    private static let requested = Atomic<Bool>(false)

    /// Whether a signal came.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Begins to listen to SIGINT and SIGTERM, and to others if need be.
    static func watch(also others: [Int32] = []) {
        let numbers = [SIGINT, SIGTERM] + others
        // Made here and not within the handler, where a first use might find its own lock taken.
        requested.store(false, ordering: .relaxed)
        // A process inherits the mask of the thread that started it, which in a worker thread blocks every signal.
        var mask = sigset_t()
        sigemptyset(&mask)
        for number in numbers { sigaddset(&mask, number) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        for number in numbers {
            signal(number) { received in
                Interruption.requested.store(true, ordering: .relaxed)
                signal(received, SIG_DFL)
            }
        }
    }
}
