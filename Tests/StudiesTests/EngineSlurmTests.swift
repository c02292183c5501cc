import Cases
import Studies
import Testing

@Suite("Wall times, and the limit of a job of Slurm")
struct EngineSlurmTests {
    @Test(
        "Every form that sbatch knows",
        arguments: [
            ("1", 60), ("30", 1800), ("1:30", 90), ("4:00:00", 14_400), ("100:00:00", 360_000), ("2-12", 216_000),
            ("2-12:30", 217_800), ("0-0:1:5", 65), ("00:01:00", 60),
            ("0:59", 59), ("0:00:01", 1), ("59:00", 3540), ("3:59:00", 14_340), ("0-0:0:1", 1),
            ("9999-23:59:59", 863_999_999),
        ])
    func times(text: String, seconds: Int) { #expect(WallTime(text)?.seconds == seconds) }

    @Test(
        "What is no time, or less than a second",
        arguments: [
            "", "0", "0:00", "0-0", "1.5", "+1", "1:2:3:4", "-1", "1-", "a", "1h", "1-2-3", "::", " 5", "٣",
            "99999999999999999999",
        ])
    func wrong(text: String) { #expect(WallTime(text) == nil) }

    @Test(
        "A job is told in time, at most a quarter of the limit early", arguments: [("1", 15), ("4", 60), ("60", 120)])
    func notice(limit: String, seconds: Int) throws {
        let job = SlurmJob(
            program: "/bin/mesolith", study: "/a/study.yaml", directory: "/a/b", points: 10, tasks: 10, atOnce: 1,
            time: try #require(WallTime(limit)), jobs: 1, engine: nil, options: [])
        #expect(job.script().contains("\n#SBATCH --signal=B:USR1@\(seconds)\n"))
        #expect(job.script().contains(" --jobs 1 --wall-limit \(limit) &\n"))
        #expect(job.script().hasPrefix("#!/usr/bin/env bash\n"))
    }
}
