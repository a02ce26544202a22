// Sends the signal that stands for a method, as a program would that knows nothing of .NET:
//   signal_sender <record> <contract/method> <times>
// The record is the text file that the server keeps in the user's directory (see docs/transports.md).

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 4)
    {
        return 2;
    }

    FILE *record = fopen(argv[1], "r");
    if (record == NULL)
    {
        perror(argv[1]);
        return 1;
    }

    char *line = NULL;
    size_t size = 0;
    int process = 0, signal = 0;
    while (getline(&line, &size, record) > 0)
    {
        int number;
        char method[256];
        (void)sscanf(line, "process %d", &process);
        if (sscanf(line, "signal %d %*x %255s", &number, method) == 2 && strcmp(method, argv[2]) == 0)
        {
            signal = number;
        }
    }

    free(line);
    (void)fclose(record);
    if (process == 0 || signal == 0)
    {
        (void)fprintf(stderr, "The record has no process, or no signal for %s.\n", argv[2]);
        return 1;
    }

    for (int i = 0; i < atoi(argv[3]); i++)
    {
        union sigval nothing = {0};
        while (sigqueue(process, signal, nothing) < 0)
        {
            if (errno != EAGAIN)
            {
                perror("sigqueue");
                return 1;
            }

            (void)usleep(100);
        }
    }

    return 0;
}
