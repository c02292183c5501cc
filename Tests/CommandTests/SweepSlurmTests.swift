import Foundation
import Testing

@Suite("sweep --slurm", .serialized)
struct SweepSlurmTests {
    @Test("The script names everything by its whole path and has as many tasks as points at most")
    func script() throws {
        let scratch = try Scratch(study: Studies.half)
        let outcome = try scratch.run(
            "sweep", "study.yaml", "--slurm", "--at-once", "5", "--time", "1-0", "--jobs", "2", "--engine", "general",
            "--option", "--partition=short", "--option", "--comment=two words", "-o", "a place/50 %")
        #expect(outcome.code == 0)
        #expect(outcome.errors == "")
        // Slurm opens the logs before anything runs.
        #expect(scratch.exists("a place/50 %/inputs/study.yaml"))
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let directives = lines.filter { $0.hasPrefix("#SBATCH ") }.map { String($0.dropFirst(8)) }
        #expect(
            directives == [
                "--job-name=\"mesolith-50 %\"", "--array=0-11%5", "--cpus-per-task=2", "--time=1-0", "--requeue",
                "--open-mode=append", "--signal=B:USR1@120",
                "--output=\"\(scratch.path("a place"))/50 %%/slurm-%A_%a.log\"", "--partition=short",
                "\"--comment=two words\"",
            ])
        let sweep = try #require(lines.first { $0.contains(" sweep ") })
        #expect(sweep.hasPrefix("/"))
        #expect(
            sweep.hasSuffix(
                " sweep \(scratch.path("study.yaml")) --output '\(scratch.path("a place"))/50 %' "
                    + "--task \"$SLURM_ARRAY_TASK_ID\" --of 12 --jobs 2 --wall-limit 1-0 --engine general &"))
        #expect(outcome.output.contains(" --partition=short '--comment=two words' --wrap "))
        try scratch.write(outcome.output, to: "job.sh")
        #expect(try scratch.start(["-n", "job.sh"], program: "/bin/bash").outcome().errors == "")
    }

    /// A job script as Slurm would run a task of it, with a `scontrol` that notes what it is asked and ends the script.
    private func start(_ scratch: Scratch, task: Int, restarts: Int = 0) throws -> Running {
        try scratch.write("#!/bin/sh\necho \"$@\" >> asked\nkill -TERM $PPID\n", to: "scontrol")
        let script = """
            chmod +x scontrol; export PATH="$PWD:$PATH" SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=\(task) \
            SLURM_RESTART_COUNT=\(restarts); exec bash job.sh
            """
        // A test's thread blocks signals, and bash, unlike mesolith, leaves it at that.
        return try scratch.start(
            ["--default-signal=USR1,TERM,INT", "bash", "-c", script], program: "/usr/bin/env")
    }

    private func writeScript(_ scratch: Scratch, tasks: Int) throws {
        let script = try scratch.run("sweep", "study.yaml", "--slurm", "--tasks", "\(tasks)")
        #expect(script.code == 0)
        try scratch.write(script.output, to: "job.sh")
    }

    @Test("Its tasks make the whole study")
    func tasks() throws {
        let scratch = try Scratch(study: Studies.half)
        try writeScript(scratch, tasks: 3)
        for task in 0..<3 { #expect(try start(scratch, task: task).outcome().code == 0) }
        #expect(scratch.exists("studies/study/study.h5"))
        #expect(try scratch.run("collect", "studies/study", "-q", "--csv").code == 0)
        #expect(try scratch.table().rows.count { $0["status"] == "finished" } == 6)
        #expect(!scratch.exists("asked"))
    }

    @Test("Before its time limit a task goes back into the queue")
    func limit() throws {
        let scratch = try Scratch(study: Studies.endless)
        try writeScript(scratch, tasks: 1)
        let running = try start(scratch, task: 0)
        try wait { scratch.exists("studies/study/points/000000/results.h5") }
        running.signal(SIGUSR1)
        #expect(try running.outcome().code == -SIGTERM)
        #expect(try scratch.read("asked") == "requeue 7_0\n")
        #expect(scratch.runs().isEmpty)
    }

    @Test("A task that runs out of its time before the signal goes back into the queue, too")
    func outOfTime() throws {
        let scratch = try Scratch(study: Studies.endless)
        try writeScript(scratch, tasks: 1)
        let script = try scratch.read("job.sh")
        try #require(script.contains(" --wall-limit 4:00:00 &\n"))
        try scratch.write(script.replacing("--wall-limit 4:00:00", with: "--wall-limit 0:00:02"), to: "job.sh")
        #expect(try start(scratch, task: 0).outcome().code == -SIGTERM)
        #expect(try scratch.read("asked") == "requeue 7_0\n")
        #expect(scratch.runs().isEmpty)
    }

    @Test("A task that was cancelled, or went back too often, stays away", arguments: [(SIGTERM, 0), (SIGUSR1, 20)])
    func cancelled(signal: Int32, restarts: Int) throws {
        let scratch = try Scratch(study: Studies.endless)
        try writeScript(scratch, tasks: 1)
        let running = try start(scratch, task: 0, restarts: restarts)
        try wait { scratch.exists("studies/study/points/000000/results.h5") }
        running.signal(signal)
        #expect(try running.outcome().code == 5)
        #expect(!scratch.exists("asked"))
        #expect(scratch.runs().isEmpty)
    }
}
