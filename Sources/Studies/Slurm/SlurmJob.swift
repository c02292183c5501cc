import BuildInfo
import Cases

/// A study as an array of Slurm jobs, each a share of the points.
public struct SlurmJob: Sendable {
    /// Most tasks of an array: Slurm's own limit, unless a cluster sets another.
    public static let mostTasks = 1000
    /// How often a task that met its time limit goes back into the queue.
    static let mostRestarts = 20

    /// Absolute path of mesolith.
    public var program: String
    /// Absolute path of the study file.
    public var study: String
    /// Absolute path of the study's directory.
    public var directory: String
    /// Number of points.
    public var points: Int
    /// Shares that the points are divided into, at most ``mostTasks``.
    public var tasks: Int
    /// Tasks that run at a time.
    public var atOnce: Int
    /// Time limit of a task.
    public var time: WallTime
    /// Processors of a task.
    public var jobs: Int
    /// The engine, as `mesolith sweep` takes it; nil for that of the study file.
    public var engine: String?
    /// More options of sbatch, such as `--partition=short`.
    public var options: [String]

    /// A job with these parts.
    public init(
        program: String, study: String, directory: String, points: Int, tasks: Int, atOnce: Int, time: WallTime,
        jobs: Int, engine: String?, options: [String]
    ) {
        (self.program, self.study, self.directory, self.points) = (program, study, directory, points)
        (self.tasks, self.atOnce, self.time, self.jobs) = (tasks, atOnce, time, jobs)
        (self.engine, self.options) = (engine, options)
    }

    /// The job script.
    public func script() -> String {
        let name = directory.split(separator: "/").last.map(String.init) ?? "study"
        // A percent sign begins a pattern in the name of a log, two of them are one.
        let logs = directory.replacing("%", with: "%%")
        let directives =
            [
                "--job-name=\(Self.quoted("mesolith-\(name)"))",
                "--array=0-\(tasks - 1)%\(atOnce)",
                "--cpus-per-task=\(jobs)",
                "--time=\(time.text)",
                "--requeue",
                "--open-mode=append",
                "--signal=B:USR1@\(notice)",
                "--output=\(Self.quoted(logs + "/slurm-%A_%a.log"))",
            ] + options.map(Self.quoted)
        let sweep =
            [program, "sweep", study, "--output", directory].map(\.shellWord)
            + ["--task", "\"$SLURM_ARRAY_TASK_ID\"", "--of", "\(tasks)", "--jobs", "\(jobs)"]
            + ["--wall-limit", time.text] + (engine.map { ["--engine", $0] } ?? [])
        let collect = [program, "collect", directory].map(\.shellWord).joined(separator: " ")
        let collecting =
            (["sbatch --dependency=afterany:\"$id\" --job-name=\("collect-\(name)".shellWord)"]
            + (["--output=\(logs)/slurm-collect.log"] + options + ["--wrap", collect]).map(\.shellWord))
            .joined(separator: " ")
        return """
            #!/usr/bin/env bash
            # \(points) points in \(tasks) tasks, written by mesolith \(BuildInfo.version). To submit it, and the job that makes the table:
            #
            #   id=$(sbatch --parsable job.sh)
            #   \(collecting)
            #
            # A task that comes to its time limit, is preempted or loses its node goes back into the queue and goes on where
            # it stopped. After all that, submitting this script again runs the points that are missing, and no other.
            \(directives.map { "#SBATCH \($0)" }.joined(separator: "\n"))
            set -u

            # A signal is handled while the shell waits, so mesolith runs beside it.
            \(sweep.joined(separator: " ")) &
            mesolith=$!

            meets_limit=false
            is_cancelled=false
            is_signalled=false
            trap 'meets_limit=true; is_signalled=true; kill -TERM "$mesolith" 2>/dev/null' USR1
            trap 'is_cancelled=true; is_signalled=true; kill -TERM "$mesolith" 2>/dev/null' TERM INT

            code=0
            while :; do
                is_signalled=false
                wait "$mesolith"
                code=$?
                # A signal ends the wait and not mesolith.
                if ! $is_signalled; then
                    break
                fi
            done

            # Code 5: mesolith was interrupted, or the time left is less than a point takes; 143: so early that it could not say
            # so. A job that its user cancelled stays away.
            if { [ "$code" -eq 5 ] && { $meets_limit || ! $is_cancelled; }; } || { [ "$code" -eq 143 ] && $meets_limit; }; then
                if [ "${SLURM_RESTART_COUNT:-0}" -ge \(Self.mostRestarts) ]; then
                    echo "the task met its time limit \(Self.mostRestarts + 1) times; submit it with a longer --time" >&2
                else
                    # Slurm ends this script when it puts the job back; were it faster, the job would count as failed.
                    trap - USR1 TERM INT
                    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 300
                fi
            fi
            exit "$code"

            """
    }

    /// How long before the limit the task is told, s. Slurm may tell it a minute earlier.
    private var notice: Int { min(120, time.seconds / 4) }

    /// A text as sbatch reads it in a directive: in double quotes where it holds more than plain characters.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./%+:,=@".contains($0)) }
        if isPlain { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
