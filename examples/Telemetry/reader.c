// Copies the newest sample as often as it can, and checks every copy: Reader.cs in C.
//
// Two headers: contracts_shared.h comes with the package, Telemetry.Sample.h is written by the build from the struct in Sample.cs.
#define _GNU_SOURCE
#include <contracts_shared.h>
#include <Telemetry.Sample.h>

#include <poll.h>
#include <signal.h>

enum { SENSORS = sizeof((telemetry_sample){0}.Sensors) / sizeof(double) };

static int is_whole(const telemetry_sample *sample)
{
    double total = 0;
    for (int i = 0; i < SENSORS; i++)
    {
        total += sample->Sensors[i];
    }

    return total == sample->Total && sample->Sensors[0] == (double)(sample->Number % 1000);
}

// Standard input ends when the process that started this one says so, or dies.
static int has_to_end(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) != 0;
}

int main(int argc, char **argv)
{
    if (argc != 2)
    {
        fprintf(stderr, "usage: reader NAME\n");
        return 2;
    }

    // The fingerprint says whether the segment was made for the same struct as this program.
    contracts_segment segment;
    int error = contracts_segment_open(&segment, argv[1], TELEMETRY_SAMPLE_LAYOUT_FINGERPRINT, sizeof(telemetry_sample), 0);
    if (error < 0)
    {
        fprintf(stderr, "segment '%s': %s\n", argv[1], contracts_describe(error));
        return 1;
    }

    signal(SIGINT, SIG_IGN); // Ctrl+C is for the process that started this one
    puts("ready");
    fflush(stdout);

    int64_t reads = 0, inconsistent = 0, newest = 0, begin = contracts_now();
    while (reads % 4096 != 0 || !has_to_end())
    {
        telemetry_sample sample;
        contracts_segment_read(&segment, &sample, NULL);
        reads++;
        inconsistent += !is_whole(&sample) || sample.Number < newest;
        newest = sample.Number;
    }

    printf("%lld %.9f %lld\n", (long long)reads, (double)(contracts_now() - begin) / 1e9, (long long)inconsistent);
    contracts_segment_close(&segment);
    return 0;
}
