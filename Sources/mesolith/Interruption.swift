import Foundation
import Synchronization

/// The wish of SIGINT or SIGTERM to stop after the step at hand. A second signal stops at once.
enum Interruption {
    private static let requested = Atomic<Bool>(false)

    /// Whether a signal came.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Begins to listen.
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { received in
                Interruption.requested.store(true, ordering: .relaxed)
                signal(received, SIG_DFL)
            }
        }
    }
}
