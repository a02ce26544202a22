// The C side of the segment tests. One command each run; says on standard output what the test waits for.
#define _GNU_SOURCE
#include "contracts_shared.h"
#include "sample.h"

#include <stdlib.h>

#define SECOND 1000000000LL

static peers_sample sample_of(int64_t number)
{
    peers_sample sample;
    memset(&sample, 0, sizeof sample);
    sample.Number = number;
    sample.Position.X = (double)number;
    sample.Position.Y = (double)-number;
    sample.Level = (int32_t)number;
    sample.Echo = number;
    return sample;
}

static int is_whole(const peers_sample *sample)
{
    return sample->Position.X == (double)sample->Number && sample->Position.Y == (double)-sample->Number
        && sample->Level == (int32_t)sample->Number && sample->Echo == sample->Number;
}

static void say(const char *text)
{
    puts(text);
    fflush(stdout);
}

// Counts up under the lock; what it finds must be whole each time.
static int update(contracts_segment *segment, long count)
{
    for (long i = 0; i < count; i++)
    {
        if (contracts_segment_lock(segment, 20 * SECOND) < 0)
        {
            return 3;
        }

        peers_sample *sample = (peers_sample *)contracts_segment_edit(segment);
        if (!is_whole(sample))
        {
            return 4;
        }

        *sample = sample_of(sample->Number + 1);
        contracts_segment_unlock(segment, 1);
    }

    return 0;
}

// Reads until the number is reached; every copy must be whole and none older than the one before.
static int read_until(contracts_segment *segment, int64_t last)
{
    long reads = 0;
    uint64_t known = 0;
    for (peers_sample sample = sample_of(0); sample.Number < last; reads++)
    {
        uint64_t version;
        contracts_segment_read(segment, &sample, &version);
        if (!is_whole(&sample) || version < known)
        {
            return 5;
        }

        known = version;
    }

    printf("%ld\n", reads);
    return 0;
}

// Takes the lock, changes a part of the value, and keeps it so until somebody kills this process.
static int hold(contracts_segment *segment, const char *when)
{
    if (contracts_segment_lock(segment, 20 * SECOND) < 0)
    {
        return 3;
    }

    if (strcmp(when, "changed") == 0)
    {
        ((peers_sample *)contracts_segment_edit(segment))->Number = 77;
    }

    say("holding");
    while (1)
    {
        pause();
    }
}

// Sleeps for each change until the number is reached, and says every version that it saw.
static int follow(contracts_segment *segment, int64_t last)
{
    say("following");
    peers_sample sample;
    uint64_t version;
    contracts_segment_read(segment, &sample, &version);
    while (sample.Number < last)
    {
        if (contracts_segment_wait(segment, version, 20 * SECOND) < 0)
        {
            return 6;
        }

        contracts_segment_read(segment, &sample, &version);
    }

    printf("%llu\n", (unsigned long long)version);
    return 0;
}

// Says what a holder that died left behind, publishes it, and looks whether that is reported once.
static int recover(contracts_segment *segment)
{
    if (contracts_segment_lock(segment, 20 * SECOND) != CONTRACTS_ABANDONED)
    {
        return 7;
    }

    peers_sample left = *(const peers_sample *)contracts_segment_left_behind(segment);
    *(peers_sample *)contracts_segment_edit(segment) = sample_of(left.Number);
    contracts_segment_unlock(segment, 1);
    if (contracts_segment_lock(segment, 20 * SECOND) != 0)
    {
        return 8;
    }

    contracts_segment_unlock(segment, 0);
    printf("%lld\n", (long long)left.Number);
    return 0;
}

int main(int count, char **arguments)
{
    if (count < 4)
    {
        return 2;
    }

    const char *command = arguments[1];
    const char *name = arguments[2];
    const char *argument = arguments[3];
    int writable = strcmp(command, "read") != 0;
    contracts_segment segment;
    int error = name[0] == '/'
        ? contracts_segment_open_system_v(&segment, name, PEERS_SAMPLE_LAYOUT_FINGERPRINT, sizeof(peers_sample), writable)
        : contracts_segment_open(&segment, name, PEERS_SAMPLE_LAYOUT_FINGERPRINT, sizeof(peers_sample), writable);
    if (error < 0)
    {
        say(contracts_describe(error));
        return 1;
    }

    int result = 2;
    if (strcmp(command, "update") == 0)
    {
        say("updating");
        result = update(&segment, atol(argument));
    }
    else if (strcmp(command, "read") == 0)
    {
        say("reading");
        result = read_until(&segment, atol(argument));
    }
    else if (strcmp(command, "hold") == 0)
    {
        result = hold(&segment, argument);
    }
    else if (strcmp(command, "follow") == 0)
    {
        result = follow(&segment, atol(argument));
    }
    else if (strcmp(command, "recover") == 0)
    {
        result = recover(&segment);
    }

    contracts_segment_close(&segment);
    return result;
}
