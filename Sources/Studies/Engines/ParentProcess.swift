import CProcess
import Foundation

/// The study that a run is a point of.
public enum ParentProcess {
    /// The environment variable in which a study gives its own process number to the runs that it starts.
    static let variable = "MESOLITH_PARENT"

    /// In a run that a study started: has the run end with the study, however that ends.
    ///
    /// A run that went on alone would write where the study, started again, solves the same point. So it is killed and not
    /// asked to finish; the study holds nothing of a point that is under way.
    public static func endWithIt() {
        guard let text = ProcessInfo.processInfo.environment[variable], let parent = pid_t(text) else { return }
        _ = cprocess_signal_when_parent_ends(SIGKILL)
        // It may have ended before the kernel was told, and then this process has another parent.
        if getppid() != parent { kill(getpid(), SIGKILL) }
    }
}
